// Ports src/syscall/env_unix.go of go1.20.

using System.Collections;
using System.Collections.Generic;
using System.Threading;

namespace golang;

// The environment of a Unix process.
public static partial class syscall
{
    // Whether copyenv has run, which fills env. Guarded by envLock.
    // PORT(env): Go has a sync.Once and a sync.RWMutex here, which may park; a lock of the CLR keeps Getenv an ordinary function.
    internal static bool envOnce;

    // Guards env and envs.
    internal static readonly Lock envLock = new();

    // Leads from the name of a variable to its first place in envs.
    internal static Dictionary<string, int> env = new();

    // Elements are of the form "key=value". An empty one is deleted, or a duplicate to be passed over.
    internal static List<string> envs = new();

    // PORT(env): the CLR's view of the environment, in its order; Go's runtime has the block that the kernel passed.
    internal static List<string> runtime_envs()
    {
        var a = new List<string>();
        foreach (DictionaryEntry kv in Environment.GetEnvironmentVariables())
        {
            a.Add((string)kv.Key + "=" + (string?)kv.Value);
        }
        return a;
    }

    // envLock is held.
    // PORT(env): envOnce is a sync.Once.
    internal static void copyenv()
    {
        if (envOnce)
        {
            return;
        }
        envOnce = true;
        envs = runtime_envs();
        env = new Dictionary<string, int>();
        for (var i = 0; i < envs.Count; i++)
        {
            var s = envs[i];
            for (var j = 0; j < s.Length; j++)
            {
                if (s[j] == '=')
                {
                    var key = s[..j];
                    if (!env.ContainsKey(key))
                    {
                        env[key] = i; // the first of this name
                    }
                    else
                    {
                        // Clear a duplicate, so that Unsetenv may delete only the first item:
                        // were a later one to come to light then, that could be a hole in security.
                        envs[i] = "";
                    }
                    break;
                }
            }
        }
    }

    /// <summary>Removes the variable <paramref name="key"/>. err is always null. Go: src/syscall/env_unix.go.</summary>
    // PORT(env): a lock of the CLR.
    public static error? Unsetenv(string key)
    {
        lock (envLock)
        {
            copyenv();

            if (env.TryGetValue(key, out var i))
            {
                envs[i] = "";
                env.Remove(key);
            }
            runtimeUnsetenv(key);
            return null;
        }
    }

    /// <summary>Returns the value of the variable <paramref name="key"/>, and whether there is one. Go: src/syscall/env_unix.go.</summary>
    // PORT(env): a lock of the CLR.
    public static (string value, bool found) Getenv(string key)
    {
        lock (envLock)
        {
            copyenv();
            if (key.Length == 0)
            {
                return ("", false);
            }

            if (!env.TryGetValue(key, out var i))
            {
                return ("", false);
            }
            var s = envs[i];
            for (i = 0; i < s.Length; i++)
            {
                if (s[i] == '=')
                {
                    return (s[(i + 1)..], true);
                }
            }
            return ("", false);
        }
    }

    /// <summary>Sets the variable <paramref name="key"/> to <paramref name="value"/>. err is EINVAL when the key is empty
    /// or has a '=' or a NUL in it, or the value a NUL. Go: src/syscall/env_unix.go.</summary>
    // PORT(env): a lock of the CLR.
    public static error? Setenv(string key, string value)
    {
        if (key.Length == 0)
        {
            return errEINVAL;
        }
        for (var j = 0; j < key.Length; j++)
        {
            if (key[j] == '=' || key[j] == 0)
            {
                return errEINVAL;
            }
        }
        // PORT(goos): Plan 9, where a NUL separates the parts of a value, is left out.
        for (var j = 0; j < value.Length; j++)
        {
            if (value[j] == 0)
            {
                return errEINVAL;
            }
        }

        lock (envLock)
        {
            copyenv();

            var ok = env.TryGetValue(key, out var i);
            var kv = key + "=" + value;
            if (ok)
            {
                envs[i] = kv;
            }
            else
            {
                i = envs.Count;
                envs.Add(kv);
            }
            env[key] = i;
            runtimeSetenv(key, value);
            return null;
        }
    }

    /// <summary>Removes all variables. Go: src/syscall/env_unix.go.</summary>
    // PORT(env): a lock of the CLR.
    public static void Clearenv()
    {
        lock (envLock)
        {
            copyenv(); // or else Getenv and Setenv would bring them back

            foreach (var k in env.Keys)
            {
                runtimeUnsetenv(k);
            }
            env = new Dictionary<string, int>();
            envs = new List<string>();
        }
    }

    /// <summary>Returns a copy of the environment, each element of the form "key=value". Go: src/syscall/env_unix.go.</summary>
    // PORT(env): a lock of the CLR.
    public static string[] Environ()
    {
        lock (envLock)
        {
            copyenv();
            var a = new List<string>(envs.Count);
            foreach (var env in envs)
            {
                if (env != "")
                {
                    a.Add(env);
                }
            }
            return a.ToArray();
        }
    }
}
