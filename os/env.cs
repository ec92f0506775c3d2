// Ports src/os/env.go of go1.20.

namespace golang;

public static partial class os
{
    /// <summary>
    /// Gives the value of an environment variable, empty when it is not set; LookupEnv tells that from a variable
    /// that is set and empty. Ports src/os/env.go.
    /// </summary>
    /// <param name="key">The name.</param>
    public static string Getenv(string key)
    {
        // PORT(testlog): testlog.Getenv
        var (v, _) = syscall.Getenv(key);
        return v;
    }

    /// <summary>Gives the value of an environment variable and whether it is set. Ports src/os/env.go.</summary>
    /// <param name="key">The name.</param>
    public static (string value, bool found) LookupEnv(string key)
    {
        // PORT(testlog): testlog.Getenv
        return syscall.Getenv(key);
    }

    /// <summary>Sets an environment variable. The error is a SyscallError. Ports src/os/env.go.</summary>
    /// <param name="key">The name.</param>
    /// <param name="value">The value.</param>
    public static error? Setenv(string key, string value)
    {
        var err = syscall.Setenv(key, value);
        if (err != null)
        {
            return NewSyscallError("setenv", err);
        }
        return null;
    }

    /// <summary>Takes an environment variable away. Ports src/os/env.go.</summary>
    /// <param name="key">The name.</param>
    public static error? Unsetenv(string key)
    {
        return syscall.Unsetenv(key);
    }

    /// <summary>Takes all environment variables away. Ports src/os/env.go.</summary>
    public static void Clearenv()
    {
        syscall.Clearenv();
    }

    /// <summary>Gives a copy of the environment as strings of the form key=value. Ports src/os/env.go.</summary>
    public static string[] Environ()
    {
        return syscall.Environ();
    }
}
