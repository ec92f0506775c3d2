// Ports of src/testing/testing.go of go1.20 what the tests here ask for.
namespace golang;

/// <summary>What tests want to know of how they are run.</summary>
internal static class testing
{
    private static readonly bool @short = Environment.GetEnvironmentVariable("GOTEST_SHORT") == "1";

    // Short tells whether tests that take long are to do with less, or be skipped. Go's flag -test.short is
    // the variable GOTEST_SHORT here.
    internal static bool Short() => @short;
}
