// Ports src/context/context.go of go1.20.
using System.Collections.Generic;

namespace golang;

/// <summary>
/// Package context: what carries deadlines, cancellation and values of a request from call to call. A function
/// takes its Context as the first parameter, named ctx; a Context is not stored in a struct and never null:
/// who does not know which one to use passes TODO. WithCancel, WithDeadline, WithTimeout and WithValue derive a
/// Context from another, its parent; when a Context is cancelled, all that are derived from it are too. Whoever derived
/// a Context must call its cancel function in the end: until then, or until the parent is cancelled or the timer goes
/// off, the parent keeps it. Ports src/context.
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
        chan<@struct>? Done();

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
    internal sealed class emptyCtx : Context, stringer
    {
        public (time.Time deadline, bool ok) Deadline()
        {
            return default;
        }

        public chan<@struct>? Done()
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

    /// <summary>
    /// Tells an operation to give up. It does not wait for the end of the work. Several goroutines may call it, and so
    /// may any thread; after the first call it does nothing.
    /// </summary>
    public delegate void CancelFunc();

    /// <summary>
    /// Gives a copy of parent with a Done channel of its own, which is closed when cancel is called or when parent's
    /// is. Call cancel as soon as the work is done, to free what the context uses. Ports src/context/context.go.
    /// </summary>
    /// <param name="parent">The parent; panics when it is null.</param>
    public static (Context ctx, CancelFunc cancel) WithCancel(Context parent)
    {
        var c = withCancel(parent);
        return (c, () => c.cancel(true, Canceled, null));
    }

    /// <summary>
    /// Does what a CancelFunc does, and records the cause, for Cause. If the context was cancelled before, the cause
    /// stays what it is.
    /// </summary>
    /// <param name="cause">The cause; null stands for Canceled.</param>
    public delegate void CancelCauseFunc(error? cause);

    /// <summary>
    /// Does what WithCancel does, with a cancel function that takes a cause: Cause then gives it, while Err still
    /// gives Canceled. Ports src/context/context.go.
    /// </summary>
    /// <param name="parent">The parent; panics when it is null.</param>
    public static (Context ctx, CancelCauseFunc cancel) WithCancelCause(Context parent)
    {
        var c = withCancel(parent);
        return (c, cause => c.cancel(true, Canceled, cause));
    }

    internal static cancelCtx withCancel(Context parent)
    {
        if (parent == null)
        {
            builtin.panic("cannot create context from nil parent");
        }
        var c = newCancelCtx(parent!);
        propagateCancel(parent!, c);
        return c;
    }

    /// <summary>
    /// Gives the reason why c was cancelled, null before: the cause given to a CancelCauseFunc if that is how c, or
    /// the parent that was cancelled first, was cancelled; otherwise what c.Err gives. Ports src/context/context.go.
    /// </summary>
    /// <param name="c">The context.</param>
    public static error? Cause(Context c)
    {
        if (c.Value(cancelCtxKey) is cancelCtx cc)
        {
            cc.mu.Enter();
            try
            {
                return cc.cause;
            }
            finally
            {
                cc.mu.Exit();
            }
        }
        return null;
    }

    // newCancelCtx makes a cancelCtx.
    internal static cancelCtx newCancelCtx(Context parent)
    {
        return new cancelCtx(parent);
    }

    // goroutines counts the goroutines that were created here, for tests.
    internal static atomic.Int32 goroutines;

    // propagateCancel sees to it that child is cancelled when parent is.
    internal static void propagateCancel(Context parent, canceler child)
    {
        var done = parent.Done();
        if (done == null)
        {
            return; // parent is never cancelled
        }

        if (done.selectnbrecv().selected)
        {
            // parent is cancelled already
            child.cancel(false, parent.Err(), Cause(parent));
            return;
        }

        var (p, ok) = parentCancelCtx(parent);
        if (ok)
        {
            p!.mu.Enter();
            if (p.err != null)
            {
                // parent has been cancelled meanwhile
                child.cancel(false, p.err, p.cause);
            }
            else
            {
                if (p.children == null)
                {
                    p.children = [];
                }
                p.children.Add(child);
            }
            p.mu.Exit();
        }
        else
        {
            goroutines.Add(1);
            builtin.go(async () =>
            {
                switch (await builtin.select(parent.Done().recvcase(), child.Done().recvcase()))
                {
                    case 0:
                        child.cancel(false, parent.Err(), Cause(parent));
                        break;
                    case 1:
                        break;
                }
            });
        }
    }

    // cancelCtxKey is the key for which a cancelCtx gives itself.
    internal static readonly object cancelCtxKey = new();

    // parentCancelCtx gives the cancelCtx that is behind parent: the innermost one, which parent.Value gives for
    // cancelCtxKey, if parent.Done() is its channel. If it is not, the cancelCtx is wrapped by somebody's own
    // Context, which has a Done channel of its own that must not be passed by.
    internal static (cancelCtx?, bool) parentCancelCtx(Context parent)
    {
        var done = parent.Done();
        if (done == closedchan || done == null)
        {
            return (null, false);
        }
        var p = parent.Value(cancelCtxKey) as cancelCtx;
        if (p == null) // PORT(iface): ok
        {
            return (null, false);
        }
        var pdone = p.done.Load() as chan<@struct>;
        if (pdone != done)
        {
            return (null, false);
        }
        return (p, true);
    }

    // removeChild takes a context out of its parent.
    internal static void removeChild(Context parent, canceler child)
    {
        var (p, ok) = parentCancelCtx(parent);
        if (!ok)
        {
            return;
        }
        p!.mu.Enter();
        if (p.children != null)
        {
            p.children.Remove(child);
        }
        p.mu.Exit();
    }

    // A canceler is a context that can be cancelled directly: a cancelCtx or a timerCtx.
    internal interface canceler
    {
        void cancel(bool removeFromParent, error? err, error? cause);

        chan<@struct>? Done();
    }

    // closedchan is a closed channel for all.
    internal static readonly chan<@struct> closedchan = newclosedchan();

    // PORT(init): Go closes it in func init.
    internal static chan<@struct> newclosedchan()
    {
        var c = builtin.makechan<@struct>();
        c.Close();
        return c;
    }

    // A cancelCtx can be cancelled. Then it cancels those of its children that are cancelers, too.
    internal partial class cancelCtx(Context parent) : Context, canceler, stringer
    {
        internal readonly Context Context = parent;

        // PORT(ctxlock): Go's mu is a sync.Mutex, on which a goroutine parks. What is done under it takes no time and
        // does not park, so a lock of the CLR does as well, and Done, Err and cancel need not be awaited.
        internal readonly System.Threading.Lock mu = new(); // protects the fields below
        internal atomic.Value done; // of chan<@struct>, made when it is asked for, closed by the first cancel
        internal HashSet<canceler>? children; // null after the first cancel
        internal error? err; // not null after the first cancel
        internal error? cause; // not null after the first cancel

        // PORT(embed)
        public virtual (time.Time deadline, bool ok) Deadline()
        {
            return Context.Deadline();
        }

        public object? Value(object key)
        {
            if (key == cancelCtxKey)
            {
                return this;
            }
            return value(Context, key);
        }

        public chan<@struct>? Done()
        {
            var d = done.Load();
            if (d != null)
            {
                return (chan<@struct>)d;
            }
            mu.Enter();
            try
            {
                d = done.Load();
                if (d == null)
                {
                    d = builtin.makechan<@struct>();
                    done.Store(d);
                }
                return (chan<@struct>)d;
            }
            finally
            {
                mu.Exit();
            }
        }

        public error? Err()
        {
            mu.Enter();
            var err = this.err;
            mu.Exit();
            return err;
        }

    }

    /// <summary>A Context or a value that can say what it is, as contextName and stringify ask. Ports src/context/context.go.</summary>
    // PORT(iface): public, so that types of other packages can name it.
    public interface stringer
    {
        string String();
    }

    // contextName names a context by its String method, else by its type.
    internal static string contextName(Context c)
    {
        if (c is stringer s)
        {
            return s.String();
        }
        return c.GetType().FullName!; // PORT(reflect)
    }

    internal partial class cancelCtx
    {
        public virtual string String()
        {
            return contextName(Context) + ".WithCancel";
        }

        public override string ToString()
        {
            return String();
        }

        // cancel closes c.done, cancels the children and, with removeFromParent, takes c out of its parent's
        // children. The first call sets c.cause.
        public virtual void cancel(bool removeFromParent, error? err, error? cause)
        {
            if (err == null)
            {
                builtin.panic("context: internal error: missing cancel error");
            }
            if (cause == null)
            {
                cause = err;
            }
            mu.Enter();
            if (this.err != null)
            {
                mu.Exit();
                return; // cancelled already
            }
            this.err = err;
            this.cause = cause;
            var d = done.Load() as chan<@struct>;
            if (d == null)
            {
                done.Store(closedchan);
            }
            else
            {
                d.Close();
            }
            // PORT(slice): a range over nil does nothing.
            if (children != null)
            {
                foreach (var child in children)
                {
                    // The child's lock is taken while the parent's is held.
                    child.cancel(false, err, cause);
                }
            }
            children = null;
            mu.Exit();

            if (removeFromParent)
            {
                removeChild(Context, this);
            }
        }
    }

    /// <summary>
    /// Gives a copy of parent whose deadline is d, if parent's is not earlier. The Done channel is closed when the
    /// deadline passes, when cancel is called or when parent's is closed. Call cancel as soon as the work is done, to
    /// free what the context uses. Must be called on a goroutine. Ports src/context/context.go.
    /// </summary>
    /// <param name="parent">The parent; panics when it is null.</param>
    /// <param name="d">The deadline.</param>
    public static (Context ctx, CancelFunc cancel) WithDeadline(Context parent, time.Time d)
    {
        if (parent == null)
        {
            builtin.panic("cannot create context from nil parent");
        }
        var (cur, ok) = parent!.Deadline();
        if (ok && cur.Before(d))
        {
            // parent's deadline is earlier than the new one.
            return WithCancel(parent);
        }
        var c = new timerCtx(parent, d); // PORT(embed): newCancelCtx
        propagateCancel(parent, c);
        var dur = time.Until(d);
        if (dur <= 0)
        {
            c.cancel(true, DeadlineExceeded, null); // the deadline has passed already
            return (c, () => c.cancel(false, Canceled, null));
        }
        c.mu.Enter();
        try
        {
            if (c.err == null)
            {
                c.timer = time.AfterFunc(dur, () => c.cancel(true, DeadlineExceeded, null));
            }
            return (c, () => c.cancel(true, Canceled, null));
        }
        finally
        {
            c.mu.Exit();
        }
    }

    // A timerCtx has a timer and a deadline. Done and Err are a cancelCtx's; cancel stops the timer
    // besides.
    // PORT(embed): Go embeds a pointer to a cancelCtx.
    internal sealed class timerCtx(Context parent, time.Time d) : cancelCtx(parent)
    {
        internal time.Timer? timer; // under cancelCtx.mu

        internal readonly time.Time deadline = d;

        public override (time.Time deadline, bool ok) Deadline()
        {
            return (deadline, true);
        }

        public override string String()
        {
            return contextName(Context) + ".WithDeadline(" +
                deadline.ToString() + " [" + // PORT(timeformat): Time has no String here
                time.Until(deadline).ToString() + "])";
        }

        public override void cancel(bool removeFromParent, error? err, error? cause)
        {
            base.cancel(false, err, cause);
            if (removeFromParent)
            {
                // Take this timerCtx out of its parent's children.
                removeChild(Context, this);
            }
            mu.Enter();
            if (timer != null)
            {
                timer.Stop();
                timer = null;
            }
            mu.Exit();
        }
    }

    /// <summary>
    /// WithDeadline(parent, time.Now().Add(timeout)). Call cancel as soon as the work is done, to free what the
    /// context uses. Ports src/context/context.go.
    /// </summary>
    /// <param name="parent">The parent; panics when it is null.</param>
    /// <param name="timeout">The time, in nanoseconds.</param>
    public static (Context ctx, CancelFunc cancel) WithTimeout(Context parent, time.Duration timeout)
    {
        return WithDeadline(parent, time.Now().Add(timeout));
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
    internal sealed partial class valueCtx(Context parent, object key, object? val) : Context, stringer
    {
        internal readonly Context Context = parent;
        internal readonly object key = key;
        internal readonly object? val = val;

        // PORT(embed)
        public (time.Time deadline, bool ok) Deadline()
        {
            return Context.Deadline();
        }

        // PORT(embed)
        public chan<@struct>? Done()
        {
            return Context.Done();
        }

        // PORT(embed)
        public error? Err()
        {
            return Context.Err();
        }
    }

    // stringify makes a modest text of v. Only valueCtx.String uses it.
    internal static string stringify(object? v)
    {
        switch (v)
        {
            case stringer s:
                return s.String();
            case string s:
                return s;
        }
        return "<not Stringer>";
    }

    internal sealed partial class valueCtx
    {
        public string String()
        {
            return contextName(Context) + ".WithValue(type " +
                key.GetType() + // PORT(reflect)
                ", val " + stringify(val) + ")";
        }

        public override string ToString()
        {
            return String();
        }

        public object? Value(object key)
        {
            // PORT(iface): Equals compares interface values.
            if (this.key.Equals(key))
            {
                return val;
            }
            return value(Context, key);
        }
    }

    internal static object? value(Context c, object key)
    {
        for (; ; )
        {
            switch (c)
            {
                // PORT(embed): timerCtx has no case of its own, as it is a cancelCtx.
                case valueCtx ctx:
                    if (key.Equals(ctx.key))
                    {
                        return ctx.val;
                    }
                    c = ctx.Context;
                    break;
                case cancelCtx ctx:
                    if (key == cancelCtxKey)
                    {
                        return ctx;
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
