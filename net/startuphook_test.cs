// A process that storm_test.cs starts from this assembly.

/// <summary>The CLR calls Initialize before Main when DOTNET_STARTUP_HOOKS names this assembly.</summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable("GOSTORM") == "descriptors")
        {
            new golang.main_test().TestMain().Wait();
            golang.storm_test.descriptors().Wait();
            Console.WriteLine("OK");
            Environment.Exit(0);
        }
    }
}
