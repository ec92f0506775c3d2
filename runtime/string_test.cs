// Ports src/runtime/string_test.go of go1.20: the tests of what reads numbers.
using static golang.runtime;

namespace golang;

public class string_test
{
    private static readonly (string @in, int64 @out, bool ok)[] atoi64tests =
    [
        ("", 0, false),
        ("0", 0, true),
        ("-0", 0, true),
        ("1", 1, true),
        ("-1", -1, true),
        ("12345", 12345, true),
        ("-12345", -12345, true),
        ("012345", 12345, true),
        ("-012345", -12345, true),
        ("12345x", 0, false),
        ("-12345x", 0, false),
        ("98765432100", 98765432100, true),
        ("-98765432100", -98765432100, true),
        ("20496382327982653440", 0, false),
        ("-20496382327982653440", 0, false),
        ("9223372036854775807", int64.MaxValue, true),
        ("-9223372036854775807", -int64.MaxValue, true),
        ("9223372036854775808", 0, false),
        ("-9223372036854775808", int64.MinValue, true),
        ("9223372036854775809", 0, false),
        ("-9223372036854775809", 0, false),
    ];

    private static readonly (string @in, int32 @out, bool ok)[] atoi32tests =
    [
        ("", 0, false),
        ("0", 0, true),
        ("-0", 0, true),
        ("1", 1, true),
        ("-1", -1, true),
        ("12345", 12345, true),
        ("-12345", -12345, true),
        ("012345", 12345, true),
        ("-012345", -12345, true),
        ("12345x", 0, false),
        ("-12345x", 0, false),
        ("987654321", 987654321, true),
        ("-987654321", -987654321, true),
        ("2147483647", int32.MaxValue, true),
        ("-2147483647", -int32.MaxValue, true),
        ("2147483648", 0, false),
        ("-2147483648", int32.MinValue, true),
        ("2147483649", 0, false),
        ("-2147483649", 0, false),
    ];

    [Test]
    public void TestAtoi()
    {
        foreach (var test in atoi64tests)
        {
            Assert.That(atoi(test.@in), Is.EqualTo((test.@out, test.ok)), $"atoi({test.@in})");
        }
    }

    [Test]
    public void TestAtoi32()
    {
        foreach (var test in atoi32tests)
        {
            Assert.That(atoi32(test.@in), Is.EqualTo((test.@out, test.ok)), $"atoi32({test.@in})");
        }
    }
}
