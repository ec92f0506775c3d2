// Ports src/internal/singleflight/singleflight.go of go1.20.

namespace golang;

/// <summary>
/// Makes one call of several calls of a function for the same key at the same
/// time. Go: src/internal/singleflight/singleflight.go.
/// </summary>
public static class singleflight
{
    // call is a call of Do that runs or has ended.
    private sealed class call
    {
        internal readonly sync.WaitGroup wg = new();

        // The call writes these, once, and is done with wg afterwards; the others
        // read them only then.
        internal object? val;
        internal error? err;

        // The group's mutex guards these until the call is done with wg; from
        // then on nobody writes them.
        internal int dups;
        internal System.Collections.Generic.List<chan<Result>> chans = [];
    }

    /// <summary>
    /// A kind of work; its keys are its own. Go:
    /// src/internal/singleflight/singleflight.go.
    /// </summary>
    public sealed class Group
    {
        private readonly sync.Mutex mu = new(); // protects m
        private System.Collections.Generic.Dictionary<string, call>? m; // made when it is needed

        /// <summary>
        /// Calls fn and returns its results; while a call for the same key
        /// runs, waits for that and returns the results of it. shared says
        /// whether others got them too. Go:
        /// src/internal/singleflight/singleflight.go.
        /// </summary>
        /// <param name="key">The key.</param>
        /// <param name="fn">The function.</param>
        public async go<(object? v, error? err, bool shared)> Do(string key, Func<go<(object?, error?)>> fn)
        {
            await mu.Lock();
            if (m == null)
            {
                m = [];
            }
            if (m.TryGetValue(key, out var c))
            {
                c.dups++;
                mu.Unlock();
                await c.wg.Wait();
                return (c.val, c.err, true);
            }
            c = new call();
            c.wg.Add(1);
            m[key] = c;
            mu.Unlock();

            await doCall(c, key, fn);
            return (c.val, c.err, c.dups > 0);
        }

        /// <summary>
        /// As Do, but returns a channel which receives the results. Go:
        /// src/internal/singleflight/singleflight.go.
        /// </summary>
        /// <param name="key">The key.</param>
        /// <param name="fn">The function.</param>
        public async go<chan<Result>> DoChan(string key, Func<go<(object?, error?)>> fn)
        {
            var ch = builtin.makechan<Result>(1);
            await mu.Lock();
            if (m == null)
            {
                m = [];
            }
            if (m.TryGetValue(key, out var c))
            {
                c.dups++;
                c.chans.Add(ch);
                mu.Unlock();
                return ch;
            }
            c = new call { chans = [ch] };
            c.wg.Add(1);
            m[key] = c;
            mu.Unlock();

            builtin.go(() => doCall(c, key, fn));

            return ch;
        }

        // doCall makes the one call for a key.
        private async go doCall(call c, string key, Func<go<(object?, error?)>> fn)
        {
            (c.val, c.err) = await fn();

            await mu.Lock();
            c.wg.Done();
            m!.TryGetValue(key, out var c1);
            if (c1 == c)
            {
                m.Remove(key);
            }
            foreach (var ch in c.chans)
            {
                await ch.Send(new Result { Val = c.val, Err = c.err, Shared = c.dups > 0 }); // PORT(chan)
            }
            mu.Unlock();
        }

        /// <summary>
        /// Forgets the key, unless other goroutines wait for its results: the
        /// next Do for it calls the function again. Returns whether it is
        /// forgotten or was not known, which is to say that nobody else waits.
        /// Go: src/internal/singleflight/singleflight.go.
        /// </summary>
        /// <param name="key">The key.</param>
        public async go<bool> ForgetUnshared(string key)
        {
            await mu.Lock();
            try
            {
                call? c = null;
                var ok = m?.TryGetValue(key, out c) ?? false; // PORT(nilrecv): a nil map has no keys
                if (!ok)
                {
                    return true;
                }
                if (c!.dups == 0)
                {
                    m!.Remove(key);
                    return true;
                }
                return false;
            }
            finally
            {
                mu.Unlock();
            }
        }
    }

    /// <summary>
    /// The results of Do, as a channel carries them. Go:
    /// src/internal/singleflight/singleflight.go.
    /// </summary>
    public struct Result
    {
        /// <summary>What the function returned.</summary>
        public object? Val;

        /// <summary>The error that it returned.</summary>
        public error? Err;

        /// <summary>Whether several got this.</summary>
        public bool Shared;
    }
}
