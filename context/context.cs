// Ports src/context/context.go of go1.20.

namespace go;

/// <summary>
/// Package context: what carries deadlines, cancellation and values of a request from call to call. A function
/// takes its Context as the first parameter, named ctx; a Context is not stored in a struct and never null:
/// who does not know which one to use passes TODO. Ports src/context.
/// </summary>
public static partial class context
{
    /// <summary>
    /// A deadline, a cancellation signal and other values. Its methods may be called by several goroutines at
    /// the same time. Ports src/context/context.go.
    /// </summary>
    public interface Context
    {
        /// <summary>Gives the time when the work should be cancelled; ok is false when there is none. Always the same.</summary>
        (time.Time deadline, bool ok) Deadline();

        /// <summary>
        /// Gives the channel that is closed when the work should be cancelled, null when that never happens.
        /// Always the same. It may be closed only after the cancel function has returned.
        /// </summary>
        object? Done();

        /// <summary>
        /// Gives null before Done is closed, then always the same error: Canceled, or DeadlineExceeded when the
        /// deadline passed.
        /// </summary>
        error? Err();

        /// <summary>
        /// Gives the value for key, null when there is none. Values are for data of a request that passes
        /// through interfaces, not for optional parameters. A key is of a type of its package's own, so that
        /// keys do not collide.
        /// </summary>
        /// <param name="key">Anything that can be compared.</param>
        object? Value(object key);
    }

    /// <summary>What Err gives when the context was cancelled.</summary>
    public static readonly error Canceled = errors.New("context canceled");

    /// <summary>What Err gives when the context's deadline passed.</summary>
    public static readonly error DeadlineExceeded = new deadlineExceededError();

    internal readonly struct deadlineExceededError : error, timeout, temporary
    {
        public string Error()
        {
            return "context deadline exceeded";
        }

        public bool Timeout()
        {
            return true;
        }

        public bool Temporary()
        {
            return true;
        }
    }

    // An emptyCtx is never cancelled and has neither values nor a deadline. A class, as the two of them must be
    // distinct.
    internal sealed class emptyCtx : Context
    {
        public (time.Time deadline, bool ok) Deadline()
        {
            return default;
        }

        public object? Done()
        {
            return null;
        }

        public error? Err()
        {
            return null;
        }

        public object? Value(object key)
        {
            return null;
        }

        public string String()
        {
            if (this == background)
            {
                return "context.Background";
            }
            if (this == todo)
            {
                return "context.TODO";
            }
            return "unknown empty Context";
        }

        public override string ToString()
        {
            return String();
        }
    }

    internal static readonly emptyCtx background = new();
    internal static readonly emptyCtx todo = new();

    /// <summary>
    /// Gives the empty Context: never cancelled, no values, no deadline. It is the root of the others: for main,
    /// tests and incoming requests. Ports src/context/context.go.
    /// </summary>
    public static Context Background()
    {
        return background;
    }

    /// <summary>
    /// Gives an empty Context for code that does not know yet which one to use. Ports src/context/context.go.
    /// </summary>
    public static Context TODO()
    {
        return todo;
    }

    // contextName names a context by its String method, else by its type.
    internal static string contextName(Context c)
    {
        return c.ToString() ?? c.GetType().FullName!;
    }

    /// <summary>
    /// Gives a copy of parent in which key has the value val. Ports src/context/context.go.
    /// </summary>
    /// <param name="parent">The parent; panics when it is null.</param>
    /// <param name="key">The key, of a type of the caller's own; panics when it is null.</param>
    /// <param name="val">The value.</param>
    public static Context WithValue(Context parent, object key, object? val)
    {
        if (parent == null)
        {
            builtin.panic("cannot create context from nil parent");
        }
        if (key == null)
        {
            builtin.panic("nil key");
        }
        // PORT(reflect): Go panics here for a key that is not comparable; every object has Equals.
        return new valueCtx(parent!, key!, val);
    }

    // A valueCtx has one key and its value; everything else its parent does.
    internal sealed class valueCtx(Context parent, object key, object? val) : Context
    {
        internal readonly Context Context = parent;
        internal readonly object key = key;
        internal readonly object? val = val;

        public (time.Time deadline, bool ok) Deadline()
        {
            return Context.Deadline();
        }

        public object? Done()
        {
            return Context.Done();
        }

        public error? Err()
        {
            return Context.Err();
        }

        public string String()
        {
            return contextName(Context) + ".WithValue(type " +
                key.GetType() +
                ", val " + stringify(val) + ")";
        }

        public override string ToString()
        {
            return String();
        }

        public object? Value(object key)
        {
            if (this.key.Equals(key))
            {
                return val;
            }
            return value(Context, key);
        }
    }

    // stringify makes a modest text of v. Only valueCtx.String uses it.
    internal static string stringify(object? v)
    {
        switch (v)
        {
            case string s:
                return s;
        }
        return "<not Stringer>";
    }

    internal static object? value(Context c, object key)
    {
        for (; ; )
        {
            switch (c)
            {
                case valueCtx ctx:
                    if (key.Equals(ctx.key))
                    {
                        return ctx.val;
                    }
                    c = ctx.Context;
                    break;
                case emptyCtx:
                    return null;
                default:
                    return c.Value(key);
            }
        }
    }
}
