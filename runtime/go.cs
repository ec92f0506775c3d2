// Not from Go: go, what a function from which a goroutine can park returns, with its awaiter and its
// builder. Everything in it is PORT(asm).
using System.Diagnostics;

namespace golang;

internal interface goAwaiter
{
    frame? callee { get; }
}

/// <summary>The result of a function from which a goroutine can park, and which returns nothing else. Await it at once.</summary>
[AsyncMethodBuilder(typeof(goMethodBuilder))]
[StackTraceHidden]
public readonly struct go
{
    internal readonly frame? f;

    internal go(frame? f)
    {
        this.f = f;
    }

    /// <summary>Used by the compiler.</summary>
    public Awaiter GetAwaiter() => new(f);

    /// <summary>Used by the compiler.</summary>
    [StackTraceHidden]
    public readonly struct Awaiter : ICriticalNotifyCompletion, goAwaiter
    {
        private readonly frame? f;

        internal Awaiter(frame? f)
        {
            this.f = f;
        }

        frame? goAwaiter.callee => f;

        /// <summary>
        /// Whether the call has ended, and the goroutine need not give way. It is no plain question: when the goroutine
        /// was asked to give way and must not now, the request is taken back (newstack).
        /// </summary>
        public bool IsCompleted
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => f == null ? !runtime.morestack() : f.failed;
        }

        /// <summary>Used by the compiler.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void GetResult() => f?.finish();

        /// <summary>Not supported: only a goroutine can wait.</summary>
        public void OnCompleted(Action continuation) => throw runtime.notOnGoroutine();

        /// <summary>Not supported: only a goroutine can wait.</summary>
        public void UnsafeOnCompleted(Action continuation) => throw runtime.notOnGoroutine();
    }
}

/// <summary>The result of a function from which a goroutine can park. Await it at once.</summary>
/// <typeparam name="T">What the function returns.</typeparam>
[AsyncMethodBuilder(typeof(goMethodBuilder<>))]
[StackTraceHidden]
public readonly struct go<T>
{
    private readonly frame? f;
    private readonly T result;

    internal go(frame? f)
    {
        this.f = f;
        result = default!;
    }

    /// <summary>A call that has ended with a result.</summary>
    public go(T result)
    {
        f = null;
        this.result = result;
    }

    /// <summary>Used by the compiler.</summary>
    public Awaiter GetAwaiter() => new(f, result);

    /// <summary>Used by the compiler.</summary>
    [StackTraceHidden]
    public readonly struct Awaiter : ICriticalNotifyCompletion, goAwaiter
    {
        private readonly frame? f;
        private readonly T result;

        internal Awaiter(frame? f, T result)
        {
            this.f = f;
            this.result = result;
        }

        frame? goAwaiter.callee => f;

        /// <summary>
        /// Whether the call has ended, and the goroutine need not give way. It is no plain question: when the goroutine
        /// was asked to give way and must not now, the request is taken back (newstack).
        /// </summary>
        public bool IsCompleted
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => f == null ? !runtime.morestack() : f.failed;
        }

        /// <summary>Used by the compiler.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T GetResult() => f == null ? result : f.getResult<T>();

        /// <summary>Not supported: only a goroutine can wait.</summary>
        public void OnCompleted(Action continuation) => throw runtime.notOnGoroutine();

        /// <summary>Not supported: only a goroutine can wait.</summary>
        public void UnsafeOnCompleted(Action continuation) => throw runtime.notOnGoroutine();
    }
}

/// <summary>Builds async methods that return go.</summary>
[StackTraceHidden]
public struct goMethodBuilder
{
    private frame? f;

    /// <summary>Used by the compiler.</summary>
    public static goMethodBuilder Create() => default;

    /// <summary>Used by the compiler.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Start<TStateMachine>(ref TStateMachine stateMachine) where TStateMachine : IAsyncStateMachine => stateMachine.MoveNext();

    /// <summary>Used by the compiler.</summary>
    public readonly void SetStateMachine(IAsyncStateMachine stateMachine)
    {
    }

    /// <summary>Used by the compiler.</summary>
    public readonly go Task
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(f);
    }

    /// <summary>Used by the compiler.</summary>
    public readonly void SetResult()
    {
    }

    /// <summary>Used by the compiler.</summary>
    public void SetException(Exception exception) => frame.onthrow(ref f, exception);

    /// <summary>Used by the compiler.</summary>
    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion where TStateMachine : IAsyncStateMachine
    {
        frame.onawait(ref awaiter, ref f, ref Unsafe.NullRef<byte>(), ref stateMachine);
    }

    /// <summary>Used by the compiler.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion where TStateMachine : IAsyncStateMachine
    {
        frame.onawait(ref awaiter, ref f, ref Unsafe.NullRef<byte>(), ref stateMachine);
    }
}

/// <summary>Builds async methods that return go&lt;T&gt;.</summary>
/// <typeparam name="T">What the method returns.</typeparam>
[StackTraceHidden]
public struct goMethodBuilder<T>
{
    private frame? f;
    private T result;

    /// <summary>Used by the compiler.</summary>
    public static goMethodBuilder<T> Create() => default;

    /// <summary>Used by the compiler.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Start<TStateMachine>(ref TStateMachine stateMachine) where TStateMachine : IAsyncStateMachine => stateMachine.MoveNext();

    /// <summary>Used by the compiler.</summary>
    public readonly void SetStateMachine(IAsyncStateMachine stateMachine)
    {
    }

    /// <summary>Used by the compiler.</summary>
    public readonly go<T> Task
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => f == null ? new(result) : new(f);
    }

    /// <summary>Used by the compiler.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetResult(T result) => this.result = result;

    /// <summary>Used by the compiler.</summary>
    public void SetException(Exception exception) => frame.onthrow(ref f, exception);

    /// <summary>Used by the compiler.</summary>
    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion where TStateMachine : IAsyncStateMachine
    {
        frame.onawait(ref awaiter, ref f, ref Unsafe.As<T, byte>(ref result), ref stateMachine);
    }

    /// <summary>Used by the compiler.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion where TStateMachine : IAsyncStateMachine
    {
        frame.onawait(ref awaiter, ref f, ref Unsafe.As<T, byte>(ref result), ref stateMachine);
    }
}
