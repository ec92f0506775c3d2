using System.Collections.Generic;
using System.Linq;

namespace difftest;

/// <summary>
/// What the kernel and Go hold at a point of a script, and with it whether a next operation has one
/// outcome only, however the scheduler, the poller and the network behave.
/// </summary>
/// <param name="concurrent">Whether each end has a goroutine of its own.</param>
internal sealed class Model(bool concurrent)
{
    private const int maxConns = 6;
    // In flight in one direction: so little that a write never waits, whatever buffers the kernel gives.
    private const int maxBytes = 32 << 10;
    private const int maxWrites = 16;

    private sealed class End
    {
        internal readonly Queue<int> writes = new(); // sent to this end and not read, write by write
        internal bool partly;        // some of the first of them has been read, so it is here
        internal bool writeClosed;   // its FIN is sent
        internal bool closed;
        internal bool readPast;      // deadlines that have passed
        internal bool writePast;
        internal bool sawEOF;
        internal bool resetComing;   // the peer has sent or will send a reset
        internal bool gone;          // and it has been seen
        internal bool lastWrite;     // it wrote to a peer that had closed: no telling what it finds now

        internal int inFlight => writes.Sum();

        internal void take(int n)
        {
            for (; n > 0 && writes.Count > 0;)
            {
                var first = writes.Dequeue();
                partly = n < first;
                if (partly)
                {
                    var rest = writes.ToArray();
                    writes.Clear();
                    writes.Enqueue(first - n);
                    foreach (var w in rest)
                    {
                        writes.Enqueue(w);
                    }
                }
                n -= Math.Min(n, first);
            }
        }
    }

    private readonly List<End> ends = [];

    /// <summary>How much an end could read.</summary>
    internal int InFlight(int end) => end < ends.Count ? ends[end].inFlight : 0;

    /// <summary>Whether an end is closed.</summary>
    internal bool Closed(int end) => end < ends.Count && ends[end].closed;

    /// <summary>Takes an operation if it is deterministic here.</summary>
    internal bool Accept(Op op)
    {
        if (op.Verb == "sleep")
        {
            return true;
        }
        if (op.Verb == "dial")
        {
            if (op.End != ends.Count || ends.Count >= 2 * maxConns)
            {
                return false;
            }
            ends.AddRange([new End(), new End()]);
            return true;
        }
        if (op.End >= ends.Count)
        {
            return false;
        }
        var (e, p) = (ends[op.End], ends[op.Peer]);
        switch (op.Verb)
        {
            case "past" or "never" or "later":
                if (!e.closed)
                {
                    e.readPast = e.writePast = op.Verb == "past";
                }
                return true;
            case "expire":
                // Waits in vain: nobody may send anything meanwhile.
                if (concurrent || e.closed || e.inFlight > 0 || e.resetComing || e.gone || e.lastWrite || p.closed || p.writeClosed || op.N == 0)
                {
                    return false;
                }
                e.readPast = true;
                return true;
            case "write":
                return Write(op, e, p);
            case "read":
                return Read(op, e, p);
            case "halfclose":
                // A FIN after the peer's reset, or beside it, has no certain outcome, nor has a second one.
                if (!e.closed && (e.resetComing || e.gone || e.lastWrite || e.writeClosed || p.closed))
                {
                    return false;
                }
                if (!e.closed)
                {
                    e.writeClosed = true;
                }
                return true;
            case "close":
                return Close(e, p);
            case "reset":
                // With a goroutine for each end the peer might be anywhere when the reset comes.
                if (concurrent || e.closed || e.resetComing || e.gone || e.lastWrite || p.closed)
                {
                    return false;
                }
                e.closed = true;
                p.resetComing = true;
                return true;
            default:
                return false;
        }
    }

    private static bool Write(Op op, End e, End p)
    {
        if (e.closed || e.writePast || (e.writeClosed && !e.resetComing))
        {
            // An error at once: closed, deadline exceeded, broken pipe.
            return true;
        }
        if (e.gone)
        {
            return true;
        }
        if (e.resetComing || e.lastWrite)
        {
            // The reset may or may not have arrived.
            return false;
        }
        if (p.closed)
        {
            // The kernel takes it and hears only later that nobody wants it.
            if (op.N == 0)
            {
                return false;
            }
            e.lastWrite = true;
            return true;
        }
        if (p.inFlight + op.N > maxBytes || p.writes.Count >= maxWrites)
        {
            return false;
        }
        if (op.N == 0)
        {
            return false;
        }
        p.writes.Enqueue(op.N);
        return true;
    }

    private static bool Read(Op op, End e, End p)
    {
        if (e.closed || e.readPast || op.N == 0)
        {
            return e.closed || e.readPast;
        }
        if (e.lastWrite)
        {
            return false;
        }
        if (op.N <= e.inFlight)
        {
            e.take(op.N);
            return true;
        }
        if (e.gone)
        {
            return true;
        }
        if (e.resetComing)
        {
            // What is there, then the reset; but if the peer had said before that it sends no more, then that.
            e.take(op.N);
            e.gone = !p.writeClosed;
            return true;
        }
        if (p.writeClosed || p.closed)
        {
            // What is there, then the end.
            e.take(op.N);
            e.sawEOF = true;
            return true;
        }
        return false;
    }

    private bool Close(End e, End p)
    {
        if (e.closed)
        {
            return true;
        }
        if (concurrent && !e.sawEOF)
        {
            // The peer may be about to write: then this would be a reset.
            return false;
        }
        if (e.writes.Count > 1 || (e.writes.Count == 1 && !e.partly))
        {
            // Unread bytes turn a close into a reset, if they are here already; that is certain only of a
            // write of which something has been read.
            return false;
        }
        e.closed = true;
        if (e.inFlight > 0 && !p.closed && !e.resetComing && !e.gone)
        {
            p.resetComing = true;
        }
        return true;
    }
}
