// Ports src/runtime/env_posix.go of go1.20.
namespace golang;

public static partial class runtime
{
    // PORT(env): the CLR has read the environment.
    internal static string gogetenv(string key)
    {
        return Environment.GetEnvironmentVariable(key) ?? "";
    }
}
