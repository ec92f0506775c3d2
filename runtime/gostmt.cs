// Not from Go: the go statement. Everything in it is PORT(asm).
using System.Diagnostics;

namespace golang;

// funcval is a function with the argument that a go statement gives it.
internal abstract class funcval
{
    internal abstract go call();

    internal abstract Delegate func { get; }
}

[StackTraceHidden]
internal sealed class funcval<T>(Func<T, go> fn, T arg) : funcval
{
    internal override go call() => fn(arg);

    internal override Delegate func => fn;
}

// gopc stands for the pc of a go statement. All its goroutines share one.
internal sealed class gopc(string creator, string file, int line, Type? closure)
{
    internal static readonly gopc none = new("", "", 0, null);

    // One for each of the last go statements with the same last bits of the line: when two such
    // alternate, each has a new one every time. Threads may overwrite each other's.
    private static readonly gopc[] recent = new gopc[256];

    internal static gopc of(string creator, string file, int line, Type? closure)
    {
        ref var pc = ref recent[line & 255];
        return pc is { } k && k.same(creator, file, line, closure) ? k : pc = new(creator, file, line, closure);
    }

    private bool same(string creator, string file, int line, Type? closure) =>
        this.line == line && (object)this.file == file && (object)this.creator == creator && this.closure == closure;

    private readonly string creator = creator;
    private readonly Type? closure = closure;
    internal readonly string file = file;
    internal readonly int line = line;

    // createdBy is the name of the function that holds the go statement. The compiler tells
    // only its last part; the class around it is that of the closure.
    internal string createdBy => closure == null ? creator : runtime.funcname(closure, creator);
}

/// <summary>Go's predeclared functions and its go statement.</summary>
public static partial class builtin
{
    /// <summary>The go statement: runs fn on a new goroutine. It may be used on any thread.</summary>
    /// <param name="fn">The function; its arguments are what the lambda captures.</param>
    /// <param name="creator">Filled in by the compiler: the function that holds the statement.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    [StackTraceHidden]
    public static void go(Func<go> fn, [CallerMemberName] string creator = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        runtime.newproc(fn, creator, file, line);
    }

    /// <summary>
    /// The go statement for a function with an argument, which is evaluated here and not on the new goroutine. It
    /// allocates less than a lambda that captures the argument.
    /// </summary>
    /// <typeparam name="T">The type of the argument.</typeparam>
    /// <param name="fn">The function.</param>
    /// <param name="arg">The argument.</param>
    /// <param name="creator">Filled in by the compiler: the function that holds the statement.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    [StackTraceHidden]
    public static void go<T>(Func<T, go> fn, T arg, [CallerMemberName] string creator = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        runtime.newproc((fn == null ? null : new funcval<T>(fn, arg))!, creator, file, line);
    }
}

public static partial class runtime
{
    // newproc for a function without an argument.
    internal static void newproc(Func<go> fn, string creator, string file, int line) => newproc((object)fn, creator, file, line);

    // newproc for one with an argument.
    internal static void newproc(funcval fn, string creator, string file, int line) => newproc((object)fn, creator, file, line);
}
