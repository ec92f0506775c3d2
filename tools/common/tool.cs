using System.CommandLine;
using System.IO;

namespace common;

/// <summary>A mistake in what the user gave, or something that is not installed: its message is all that is printed.</summary>
public sealed class InputException(string message) : Exception(message);

/// <summary>What was asked for has been tried, and failed.</summary>
public sealed class FailedException(string message) : Exception(message);

/// <summary>
/// The Main of a tool. Its exit status is that of the action; 1 with a line when that failed, and 2 with a line when
/// the question could not be asked.
/// </summary>
/// <param name="name">What the line begins with.</param>
public sealed class Tool(string name)
{
    // Set when the command line was understood.
    private bool parsed;

    /// <summary>Runs a command whose actions are guarded.</summary>
    public int Main(RootCommand command, string[] args)
    {
        parsed = false;
        return command.Parse(args).Invoke() switch { 0 => 0, 1 when !parsed => 2, var status => status };
    }

    /// <summary>Runs an action.</summary>
    public int Guard(Func<int> run)
    {
        parsed = true;
        try
        {
            return run();
        }
        catch (Exception e) when (e is InputException or FailedException or TimeoutException or IOException)
        {
            Console.Error.WriteLine($"{name}: {e.Message}");
            return e is FailedException ? 1 : 2;
        }
    }
}
