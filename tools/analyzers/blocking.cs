using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace goport.analyzers;

// GO004: calls that block the thread, in functions that run on a goroutine.
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockingAnalyzer : DiagnosticAnalyzer
{
    private const string Tasks = "System.Threading.Tasks.";
    private const string Awaiters = "System.Runtime.CompilerServices.";
    private const string AwaitTask = "await the task";
    private const string UseSync = "use a channel, or what package sync has";

    // The members by name, and what to do instead by their types.
    private static readonly Dictionary<string, Dictionary<string, string>> members = new()
    {
        ["Sleep"] = new() { ["System.Threading.Thread"] = "await time.Sleep" },
        ["Join"] = new() { ["System.Threading.Thread"] = UseSync },
        ["Result"] = new() { [Tasks + "Task"] = AwaitTask, [Tasks + "ValueTask"] = AwaitTask },
        ["GetResult"] = new()
        {
            [Awaiters + "TaskAwaiter"] = AwaitTask,
            [Awaiters + "ValueTaskAwaiter"] = AwaitTask,
            [Awaiters + "ConfiguredTaskAwaitable.ConfiguredTaskAwaiter"] = AwaitTask,
            [Awaiters + "ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter"] = AwaitTask,
        },
        ["Wait"] = new()
        {
            [Tasks + "Task"] = AwaitTask,
            ["System.Threading.ManualResetEventSlim"] = UseSync,
            ["System.Threading.SemaphoreSlim"] = "await WaitAsync, or use a channel",
            ["System.Threading.CountdownEvent"] = "use sync.WaitGroup",
            ["System.Threading.Monitor"] = "use sync.Cond",
        },
        ["WaitAll"] = new() { [Tasks + "Task"] = "await Task.WhenAll", ["System.Threading.WaitHandle"] = UseSync },
        ["WaitAny"] = new() { [Tasks + "Task"] = "await Task.WhenAny", ["System.Threading.WaitHandle"] = UseSync },
        ["WaitOne"] = new() { ["System.Threading.WaitHandle"] = UseSync },
        ["SignalAndWait"] = new() { ["System.Threading.Barrier"] = UseSync, ["System.Threading.WaitHandle"] = UseSync },
        ["SpinUntil"] = new() { ["System.Threading.SpinWait"] = UseSync },
        ["Take"] = new() { ["System.Collections.Concurrent.BlockingCollection"] = "use a channel" },
        ["WaitForExit"] = new() { ["System.Diagnostics.Process"] = "await WaitForExitAsync" },
        ["Read"] = new() { ["System.Console"] = "read os.Stdin" },
        ["ReadLine"] = new() { ["System.Console"] = "read os.Stdin" },
        ["ReadKey"] = new() { ["System.Console"] = "read os.Stdin" },
    };

    // Locks that belong to the thread: they may be held while the goroutine runs, not while it awaits.
    private static readonly Dictionary<string, string[]> locks = new()
    {
        ["Enter"] = ["System.Threading.Monitor", "System.Threading.Lock"],
        ["EnterReadLock"] = ["System.Threading.ReaderWriterLockSlim"],
        ["EnterWriteLock"] = ["System.Threading.ReaderWriterLockSlim"],
        ["EnterUpgradeableReadLock"] = ["System.Threading.ReaderWriterLockSlim"],
    };

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.Blocking];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (Known.Of(start.Compilation) is { } known)
            {
                start.RegisterOperationAction(c => Analyze(c, known), OperationKind.Invocation, OperationKind.PropertyReference);
            }
        });
    }

    private static void Analyze(OperationAnalysisContext context, Known known)
    {
        var operation = context.Operation;
        ISymbol member = operation is IInvocationOperation call ? call.TargetMethod : ((IPropertyReferenceOperation)operation).Property;
        var blocks = members.TryGetValue(member.Name, out var types);
        if (!blocks && !locks.ContainsKey(member.Name) || !known.IsGo(Known.FunctionOf(operation, context.ContainingSymbol)?.ReturnType))
        {
            return;
        }
        var type = TypeName(member.ContainingType);
        if (blocks)
        {
            if (types.TryGetValue(type, out var instead) && !DoesNotWait(operation))
            {
                Report("blocks the goroutine's thread, and its P with it", instead);
            }
            return;
        }
        foreach (var t in locks[member.Name])
        {
            if (t == type && IsHeldOverAwait(operation, member))
            {
                Report("takes a lock that belongs to the thread, and it is held over an await", "use sync.Mutex");
            }
        }

        void Report(string what, string instead) =>
            context.ReportDiagnostic(Diagnostic.Create(Rules.Blocking, operation.Syntax.GetLocation(), member.ContainingType.Name + "." + member.Name, what, instead));
    }

    // TypeName has no type arguments.
    private static string TypeName(INamedTypeSymbol type)
    {
        var name = type.Name;
        for (var outer = type.ContainingType; outer != null; outer = outer.ContainingType)
        {
            name = outer.Name + "." + name;
        }
        return type.ContainingNamespace.ToDisplayString() + "." + name;
    }

    // DoesNotWait: with a timeout of 0 they only look.
    private static bool DoesNotWait(IOperation operation)
    {
        if (operation is IInvocationOperation call && call.TargetMethod.Name != "Sleep")
        {
            foreach (var argument in call.Arguments)
            {
                if (argument.Value.ConstantValue is { HasValue: true, Value: 0 })
                {
                    return true;
                }
            }
        }
        return false;
    }

    // IsHeldOverAwait looks for an await between the call and the next one that gives the lock back.
    private static bool IsHeldOverAwait(IOperation operation, ISymbol member)
    {
        var end = int.MaxValue;
        var first = int.MaxValue;
        var exit = member.Name.Replace("Enter", "Exit");
        var from = operation.Syntax.Span.End;
        foreach (var o in Known.Within(Known.BodyOf(operation)))
        {
            var at = o.Syntax.SpanStart;
            if (at < from)
            {
                continue;
            }
            switch (o)
            {
                case IAwaitOperation when at < first:
                    first = at;
                    break;
                case IInvocationOperation call when at < end && call.TargetMethod.Name == exit && SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, member.ContainingType):
                    end = at;
                    break;
            }
        }
        return first < end;
    }
}
