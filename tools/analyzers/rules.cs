using Microsoft.CodeAnalysis;

namespace goport.analyzers;

// The rules. README.md beside this file says what each is about, with an example.
internal static class Rules
{
    private const string Goroutines = "Goroutines";

    internal static readonly DiagnosticDescriptor Kept = new(
        "GO001",
        "A go is awaited or returned at once",
        "The go of {0} is {1}: await the call at once, or return it",
        Goroutines,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "While a goroutine parks, its stack is what the calls that await each other have put away. A call whose go is not awaited at once is not part of that.",
        helpLinkUri: Help("go001"));

    internal static readonly DiagnosticDescriptor ForeignFunction = new(
        "GO002",
        "A go is awaited in a function that returns a go",
        "A go is awaited in {0}, which returns {1}: only a function that returns go or go<T> can wait for it",
        Goroutines,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A function that can park has to be part of its goroutine's stack, and a Task is not.",
        helpLinkUri: Help("go002"));

    internal static readonly DiagnosticDescriptor Copy = new(
        "GO003",
        "A noCopy struct is not copied",
        "{0} must not be copied, and {1}",
        "Memory",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A copy of an atomic or a lock is another one: what one of the two sees, the other does not.",
        helpLinkUri: Help("go003"));

    internal static readonly DiagnosticDescriptor Blocking = new(
        "GO004",
        "A goroutine does not block its thread",
        "{0} {1}: {2}",
        Goroutines,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "A goroutine that blocks its thread keeps its P, and no other goroutine runs on that.",
        helpLinkUri: Help("go004"));

    internal static readonly DiagnosticDescriptor Loop = new(
        "GO005",
        "A loop that computes for long gives way",
        "The loop has no await: a goroutine that computes in it for long keeps its P; await runtime.Gosched() now and then",
        Goroutines,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "Goroutines are preempted at awaits only.",
        helpLinkUri: Help("go005"));

    internal static readonly DiagnosticDescriptor Marker = new(
        "GOPORT001",
        "A marker has an entry",
        "PORT({0}) has no entry in the list of deviations",
        "Port",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "What differs from Go is marked where it stands, and PORTING.md has an entry for each id.",
        helpLinkUri: Help("goport001"));

    private static string Help(string id) => "tools/analyzers/README.md#" + id;
}
