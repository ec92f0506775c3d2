// Ports src/runtime/time.go of go1.20.
using System.Collections.Generic;

namespace golang;

// Time in the runtime, and what package time needs of it.
public static partial class runtime
{
    // Package time knows how this structure is laid out.
    // A change here needs the same change in ../time/sleep.cs: runtimeTimer.
    internal unsafe struct timer
    {
        // The P in whose heap the timer is, if it is in a heap.
        // puintptr and not p*: the versions of this struct in other packages have a uintptr.
        internal puintptr pp;

        // The timer goes off at when, and then at when+period, ... (only if period > 0),
        // and each time f(arg, seq) is called. It is called on g0, between goroutines, so
        // f must behave and not block.
        //
        // when must be positive while the timer is active.
        internal int64 when;
        internal int64 period;
        // PORT(any): f is a func(any, uintptr) in Go; here it is a pointer to a static
        // method, and the any is two parameters: the owner and arg, a word.
        internal delegate*<object?, uintptr, uintptr, void> f;
        internal uintptr arg;
        internal uintptr seq;

        // What when is to become, in the states timerModifiedXX.
        internal int64 nextwhen;

        // One of the values below.
        internal atomic.Uint32 status;

        // PORT(timermem): a strong handle of the CLR, 0 if the timer has no owner. It leads to
        // the owner exactly while a heap holds the timer. Who may change the status of the
        // timer may use it.
        internal uintptr root;

        // owner is what root leads to.
        internal readonly object? owner
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => root == 0 ? null : GCHandle.FromIntPtr((nint)root).Target;
        }

        // PORT(timermem): setroot roots the owner, before a heap holds the timer.
        internal readonly void setroot(object? owner)
        {
            if (root != 0)
            {
                var h = GCHandle.FromIntPtr((nint)root);
                h.Target = owner;
            }
        }

        // PORT(timermem): unroot lets the owner go, when no heap holds the timer any more. If nobody else has
        // the owner the CLR may free the timer, but not before the caller has done with what
        // unroot returns: GC.KeepAlive follows his last use of the timer.
        internal readonly object? unroot()
        {
            if (root == 0)
            {
                return null;
            }
            var h = GCHandle.FromIntPtr((nint)root);
            var owner = h.Target;
            h.Target = null;
            return owner;
        }
    }

    // Code outside this file must handle timers with care.
    //
    // pp, status and nextwhen belong to the code in this file alone.
    //
    // Who makes a new timer may set when, period, f, arg and seq, and may pass it to
    // addtimer (time.startTimer calls that). From then on no field may be touched.
    //
    // A timer that was passed to addtimer is active. It may be passed to deltimer
    // (time.stopTimer), after which it is inactive. The fields period, f, arg and seq of
    // an inactive timer may be changed, when may not.
    // An inactive timer may simply be forgotten.
    // PORT(timermem): in Go the collector then frees it. Here a timer is native memory. One
    // that is in a g or in a pollDesc is never freed. Any other has an owner, an object of the
    // CLR, which frees it when nobody has the owner; and a heap that holds the timer has
    // the owner (root).
    // An inactive timer must not be passed to addtimer: addtimer is for new timers only.
    //
    // modtimer takes an active timer, which stays active. Still no field may be touched.
    //
    // resettimer takes an inactive timer and makes it active, with a new when.
    // It takes a new timer, too.
    //
    // The operations on timers are addtimer, deltimer, modtimer, resettimer, cleantimers,
    // adjusttimers and runtimer.
    //
    // Calls of addtimer, deltimer, modtimer and resettimer for one timer must not overlap,
    // whereas adjusttimers and runtimer may run concurrently with any of them.
    //
    // Active timers are in the heaps of the Ps, in their timers field. Inactive ones are
    // there for a while too, until they are removed.
    //
    // addtimer:
    //   timerNoStatus   -> timerWaiting
    //   any other       -> panic: invalid value
    // deltimer:
    //   timerWaiting         -> timerModifying -> timerDeleted
    //   timerModifiedEarlier -> timerModifying -> timerDeleted
    //   timerModifiedLater   -> timerModifying -> timerDeleted
    //   timerNoStatus        -> nothing to do
    //   timerDeleted         -> nothing to do
    //   timerRemoving        -> nothing to do
    //   timerRemoved         -> nothing to do
    //   timerRunning         -> wait for another status
    //   timerMoving          -> wait for another status
    //   timerModifying       -> wait for another status
    // modtimer:
    //   timerWaiting    -> timerModifying -> timerModifiedXX
    //   timerModifiedXX -> timerModifying -> timerModifiedYY
    //   timerNoStatus   -> timerModifying -> timerWaiting
    //   timerRemoved    -> timerModifying -> timerWaiting
    //   timerDeleted    -> timerModifying -> timerModifiedXX
    //   timerRunning    -> wait for another status
    //   timerMoving     -> wait for another status
    //   timerRemoving   -> wait for another status
    //   timerModifying  -> wait for another status
    // cleantimers (on the heap of a P):
    //   timerDeleted    -> timerRemoving -> timerRemoved
    //   timerModifiedXX -> timerMoving -> timerWaiting
    // adjusttimers (on the heap of a P):
    //   timerDeleted    -> timerRemoving -> timerRemoved
    //   timerModifiedXX -> timerMoving -> timerWaiting
    // runtimer (on the heap of a P):
    //   timerNoStatus   -> panic: timer not initialized
    //   timerWaiting    -> timerWaiting or
    //   timerWaiting    -> timerRunning -> timerNoStatus or
    //   timerWaiting    -> timerRunning -> timerWaiting
    //   timerModifying  -> wait for another status
    //   timerModifiedXX -> timerMoving -> timerWaiting
    //   timerDeleted    -> timerRemoving -> timerRemoved
    //   timerRunning    -> panic: two runtimer calls at once
    //   timerRemoved    -> panic: timer heap inconsistent
    //   timerRemoving   -> panic: timer heap inconsistent
    //   timerMoving     -> panic: timer heap inconsistent

    // The values of a timer's status.

    // No status was set yet.
    internal const uint32 timerNoStatus = 0;

    // Waits to go off. In the heap of some P.
    internal const uint32 timerWaiting = 1;

    // Its function runs. For a short time only.
    internal const uint32 timerRunning = 2;

    // Deleted and to be removed: it must not run any more, but is still in
    // the heap of some P.
    internal const uint32 timerDeleted = 3;

    // Is being removed. For a short time only.
    internal const uint32 timerRemoving = 4;

    // Stopped. In no P's heap.
    internal const uint32 timerRemoved = 5;

    // Is being modified. For a short time only.
    internal const uint32 timerModifying = 6;

    // Modified to an earlier time, which stands in nextwhen.
    // In the heap of some P, perhaps in the wrong place.
    internal const uint32 timerModifiedEarlier = 7;

    // Modified to the same or a later time, which stands in nextwhen.
    // In the heap of some P, perhaps in the wrong place.
    internal const uint32 timerModifiedLater = 8;

    // Was modified and is being moved. For a short time only.
    internal const uint32 timerMoving = 9;

    // maxWhen is the latest value that when can have.
    internal const int64 maxWhen = (int64)((1UL << 63) - 1);

    // verifyTimers, when true, has the timer heaps checked: an aid for debugging.
    // PORT(const): a readonly field, as the compiler objects to code that a const makes unreachable.
    internal static readonly bool verifyTimers = false;

    // What package time binds to.
    // The documentation is in package time.

    // timeSleep, which is time.Sleep, makes the goroutine sleep ns nanoseconds or longer.
    internal static async go timeSleep(int64 ns)
    {
        if (ns <= 0)
        {
            return;
        }

        go park; // PORT(park)
        unsafe
        {
            var gp = getg();
            if (gp == null) // PORT(notg): a thread that is not an M
            {
                throw notOnGoroutine();
            }
            var t = gp->timer;
            if (t == null)
            {
                t = @new<timer>();
                gp->timer = t;
            }
            t->f = &goroutineReady;
            t->arg = (uintptr)gp;
            t->nextwhen = nanotime() + ns;
            if (t->nextwhen < 0) // the sum overflowed
            {
                t->nextwhen = maxWhen;
            }
            park = gopark(&resetForSleep, t, waitReasonSleep, traceEvGoSleep, 1);
        }
        await park;
    }

    // resetForSleep runs once the goroutine is parked in timeSleep.
    // timeSleep cannot call resettimer itself: if the sleep is short and there are many
    // goroutines, the P could come to run the timer's function, goroutineReady, before
    // the goroutine is parked.
    internal static unsafe bool resetForSleep(g* gp, void* ut)
    {
        var t = (timer*)ut;
        resettimer(t, t->nextwhen);
        return true;
    }

    // startTimer, which is time.startTimer, adds t to the timer heap.
    // PORT(uintptr): Go's parameter, and that of the three functions below, is a *timer; another
    // assembly cannot name that type.
    // PORT(timermem): the owner of t, here and below.
    internal static unsafe void startTimer(uintptr t, object? owner)
    {
        // PORT(race): racerelease(t)
        addtimer((timer*)t, owner);
    }

    // stopTimer, which is time.stopTimer, stops a timer.
    // It reports whether it did so before the timer ran.
    internal static unsafe bool stopTimer(uintptr t)
    {
        // PORT(foreign): a thread that is not an M may stop a timer.
        if (getg() == null)
        {
            needm();
            foreigntimers.Enter();
            var pending = deltimer((timer*)t);
            foreigntimers.Exit();
            dropm();
            return pending;
        }
        return deltimer((timer*)t); // PORT(uintptr)
    }

    // PORT(foreign): a stop of the world does not stop a foreign thread that stops a timer. This keeps
    // it out while a P gives its timers away (destroy) and while timers are checked. It is no lock
    // that the scheduler takes: such a thread may wait in deltimer for another status.
    internal static readonly System.Threading.Lock foreigntimers = new();

    // resetTimer, which is time.resetTimer, adds an inactive timer to the heap again.
    //
    // The result says whether the timer had yet to run when it was modified.
    internal static unsafe bool resetTimer(uintptr t, int64 when, object? owner)
    {
        // PORT(race): racerelease(t)
        return resettimer((timer*)t, when, owner);
    }

    // modTimer, which is time.modTimer, modifies a timer that exists.
    // PORT(uintptr): as startTimer; its f too.
    internal static unsafe void modTimer(uintptr t, int64 when, int64 period, uintptr f, uintptr arg, uintptr seq, object? owner)
    {
        modtimer((timer*)t, when, period, (delegate*<object?, uintptr, uintptr, void>)f, arg, seq, owner);
    }

    // What the runtime itself uses.

    // Makes the goroutine arg ready.
    // PORT(any): arg
    internal static unsafe void goroutineReady(object? _, uintptr arg, uintptr seq)
    {
        goready((g*)arg, 0);
    }

    // addtimer puts a timer into the heap of the current P.
    // Only for a timer that was just made: the when of a timer in some P's heap must not
    // change, or the heap could come out of order.
    // PORT(timermem): owner, here and below; null for a timer without one.
    internal static unsafe void addtimer(timer* t, object? owner = null)
    {
        if (getg() == null) // PORT(notg): here, as the g is needed here anyway
        {
            throw notOnGoroutine();
        }

        // when must be positive. With a negative one, runtimer would overflow when it
        // computes its delta, and no other timer would ever expire. With zero,
        // checkTimers would not notice the timer.
        if (t->when <= 0)
        {
            @throw("timer when must be positive");
        }
        if (t->period < 0)
        {
            @throw("timer period must be non-negative");
        }
        if (t->status.Load() != timerNoStatus)
        {
            @throw("addtimer called with initialized timer");
        }
        t->setroot(owner); // PORT(timermem): first, as a Stop may come from now on
        t->status.Store(timerWaiting);

        var when = t->when;

        // No preemption while pp is in use, or it could be another P's heap that changes.
        var mp = acquirem();

        var pp = getg()->m->p.ptr();
        @lock(&pp->timersLock);
        cleantimers(pp);
        doaddtimer(pp, t);
        unlock(&pp->timersLock);

        wakeNetPoller(when);

        releasem(mp);
    }

    // doaddtimer does it: t goes into the heap of the current P.
    // The caller must hold pp.timersLock.
    internal static unsafe void doaddtimer(p* pp, timer* t)
    {
        // Timers need the network poller, which sleeps until the next one is due:
        // make sure that it has started.
        if (netpollInited.Load() == 0)
        {
            netpollGenericInit();
        }

        if (t->pp != 0)
        {
            @throw("doaddtimer: P already set in timer");
        }
        t->pp.set(pp);
        var i = pp->timers.len;
        pp->timers.append(t);
        siftupTimer(pp->timers, i);
        if (t == pp->timers[0])
        {
            pp->timer0When.Store(t->when);
        }
        pp->numTimers.Add(1);
    }

    // deltimer deletes a timer. It may be in another P's heap, so it cannot be taken
    // out of the heap here: it is only marked as deleted. The P whose heap it is in will
    // remove it in due time.
    // Reports whether the timer was deleted before it ran.
    internal static unsafe bool deltimer(timer* t)
    {
        for (; ; )
        {
            var s = t->status.Load();
            switch (s)
            {
                case timerWaiting:
                case timerModifiedLater:
                    {
                        // No preemption while the timer is in timerModifying: who then
                        // waits for this status on the same P would wait for ever.
                        // See Go's issue 38070.
                        var mp = acquirem();
                        if (t->status.CompareAndSwap(s, timerModifying))
                        {
                            // t.pp must be read before the status changes: once the timer
                            // is in timerDeleted, cleantimers on another goroutine may
                            // clear t.pp.
                            var tpp = t->pp.ptr();
                            if (!t->status.CompareAndSwap(timerModifying, timerDeleted))
                            {
                                badTimer();
                            }
                            releasem(mp);
                            tpp->deletedTimers.Add(1);
                            // The timer had not run yet.
                            return true;
                        }
                        else
                        {
                            releasem(mp);
                        }
                        break;
                    }
                case timerModifiedEarlier:
                    {
                        // No preemption while the timer is in timerModifying, as above.
                        // See Go's issue 38070.
                        var mp = acquirem();
                        if (t->status.CompareAndSwap(s, timerModifying))
                        {
                            // t.pp must be read before the status becomes timerDeleted.
                            var tpp = t->pp.ptr();
                            if (!t->status.CompareAndSwap(timerModifying, timerDeleted))
                            {
                                badTimer();
                            }
                            releasem(mp);
                            tpp->deletedTimers.Add(1);
                            // The timer had not run yet.
                            return true;
                        }
                        else
                        {
                            releasem(mp);
                        }
                        break;
                    }
                case timerDeleted:
                case timerRemoving:
                case timerRemoved:
                    // The timer has run already.
                    return false;
                case timerRunning:
                case timerMoving:
                    // Another P runs or moves the timer. Wait until it is done.
                    osyield();
                    break;
                case timerNoStatus:
                    // The timer was never added, or has run already.
                    // See also Go's issue 21874.
                    return false;
                case timerModifying:
                    // deltimer and modtimer were called at the same time.
                    // Wait until the other call is done.
                    osyield();
                    break;
                default:
                    badTimer();
                    break;
            }
        }
    }

    // dodeltimer takes timer i out of the heap of the current P, with which we are locked here.
    // It returns the smallest index in pp.timers that has changed.
    // The caller must hold pp.timersLock.
    internal static unsafe int dodeltimer(p* pp, int i)
    {
        {
            var t = pp->timers[i];
            if (t->pp.ptr() != pp)
            {
                @throw("dodeltimer: wrong P");
            }
            else
            {
                t->pp = 0;
            }
        }
        var last = pp->timers.len - 1;
        if (i != last)
        {
            pp->timers[i] = pp->timers[last];
        }
        pp->timers[last] = null;
        pp->timers.reslice(last);
        var smallestChanged = i;
        if (i != last)
        {
            // The last timer, now at i, may have got another parent:
            // sift up so that it is a heap again.
            smallestChanged = siftupTimer(pp->timers, i);
            siftdownTimer(pp->timers, i);
        }
        if (i == 0)
        {
            updateTimer0When(pp);
        }
        var n = pp->numTimers.Add(-1);
        if (n == 0)
        {
            // Without timers there is no modified one.
            pp->timerModifiedEarliest.Store(0);
        }
        return smallestChanged;
    }

    // dodeltimer0 does the same to timer 0, the head of the heap.
    // The caller must hold pp.timersLock.
    internal static unsafe void dodeltimer0(p* pp)
    {
        {
            var t = pp->timers[0];
            if (t->pp.ptr() != pp)
            {
                @throw("dodeltimer0: wrong P");
            }
            else
            {
                t->pp = 0;
            }
        }
        var last = pp->timers.len - 1;
        if (last > 0)
        {
            pp->timers[0] = pp->timers[last];
        }
        pp->timers[last] = null;
        pp->timers.reslice(last);
        if (last > 0)
        {
            siftdownTimer(pp->timers, 0);
        }
        updateTimer0When(pp);
        var n = pp->numTimers.Add(-1);
        if (n == 0)
        {
            // Without timers there is no modified one.
            pp->timerModifiedEarliest.Store(0);
        }
    }

    // modtimer modifies a timer that exists.
    // The network poller calls it, and time.Ticker.Reset and time.Timer.Reset.
    // The result says whether the timer had yet to run when it was modified.
    internal static unsafe bool modtimer(timer* t, int64 when, int64 period, delegate*<object?, uintptr, uintptr, void> f, uintptr arg, uintptr seq, object? owner = null)
    {
        if (getg() == null) // PORT(notg): as in addtimer
        {
            throw notOnGoroutine();
        }

        if (when <= 0)
        {
            @throw("timer when must be positive");
        }
        if (period < 0)
        {
            @throw("timer period must be non-negative");
        }

        var status = timerNoStatus;
        var wasRemoved = false;
        bool pending;
        m* mp;
        for (; ; )
        {
            status = t->status.Load();
            switch (status)
            {
                case timerWaiting:
                case timerModifiedEarlier:
                case timerModifiedLater:
                    // No preemption while the timer is in timerModifying: who then waits
                    // for this status on the same P would wait for ever.
                    // See Go's issue 38070.
                    mp = acquirem();
                    if (t->status.CompareAndSwap(status, timerModifying))
                    {
                        pending = true; // the timer has not run yet
                        goto loop;
                    }
                    releasem(mp);
                    break;
                case timerNoStatus:
                case timerRemoved:
                    // No preemption while the timer is in timerModifying, as above.
                    // See Go's issue 38070.
                    mp = acquirem();

                    // The timer has run already and t is in no heap any more.
                    // Do what addtimer does.
                    if (t->status.CompareAndSwap(status, timerModifying))
                    {
                        wasRemoved = true;
                        pending = false; // the timer has run or was stopped
                        goto loop;
                    }
                    releasem(mp);
                    break;
                case timerDeleted:
                    // No preemption while the timer is in timerModifying, as above.
                    // See Go's issue 38070.
                    mp = acquirem();
                    if (t->status.CompareAndSwap(status, timerModifying))
                    {
                        t->pp.ptr()->deletedTimers.Add(-1);
                        pending = false; // the timer was stopped
                        goto loop;
                    }
                    releasem(mp);
                    break;
                case timerRunning:
                case timerRemoving:
                case timerMoving:
                    // Another P runs or moves the timer. Wait until it is done.
                    osyield();
                    break;
                case timerModifying:
                    // modtimer was called several times at once.
                    // Wait until the other call is done.
                    osyield();
                    break;
                default:
                    badTimer();
                    break;
            }
        }
    loop:

        t->period = period;
        t->f = f;
        t->arg = arg; // PORT(any)
        t->seq = seq;

        if (wasRemoved)
        {
            t->when = when;
            t->setroot(owner); // PORT(timermem): the timer was in no heap
            var pp = getg()->m->p.ptr();
            @lock(&pp->timersLock);
            doaddtimer(pp, t);
            unlock(&pp->timersLock);
            if (!t->status.CompareAndSwap(timerModifying, timerWaiting))
            {
                badTimer();
            }
            releasem(mp);
            wakeNetPoller(when);
        }
        else
        {
            // The timer is in some other P's heap, so when must not be changed here:
            // that P's heap would come out of order. The new value goes into nextwhen,
            // and the other P puts it into when as soon as it is ready to sort its
            // heap anew.
            t->nextwhen = when;

            var newStatus = timerModifiedLater;
            if (when < t->when)
            {
                newStatus = timerModifiedEarlier;
            }

            var tpp = t->pp.ptr();

            if (newStatus == timerModifiedEarlier)
            {
                updateTimerModifiedEarliest(tpp, when);
            }

            // Set the timer's new status. From here on tpp may deal with it.
            if (!t->status.CompareAndSwap(timerModifying, newStatus))
            {
                badTimer();
            }
            releasem(mp);

            // An earlier time: the poller may have to wake up for it.
            if (newStatus == timerModifiedEarlier)
            {
                wakeNetPoller(when);
            }
        }

        return pending;
    }

    // resettimer sets the time at which a timer is to go off. An inactive timer becomes
    // active. To be called instead of addtimer if the timer was used before, or may have been.
    // The result says whether the timer had yet to run when it was modified.
    // PORT(timermem): owner
    internal static unsafe bool resettimer(timer* t, int64 when, object? owner = null)
    {
        return modtimer(t, when, t->period, t->f, t->arg, t->seq, owner);
    }

    // cleantimers cleans the head of the timer queue up. That makes programs faster that
    // create and delete timers: left in the heap, these would slow addtimer down.
    // The caller must hold pp.timersLock.
    internal static unsafe void cleantimers(p* pp)
    {
        var gp = getg();
        for (; ; )
        {
            if (pp->timers.len == 0)
            {
                return;
            }

            // In theory this loop can take long, and with timersLock held it cannot be
            // preempted. If somebody tries to preempt us, just return: the timers
            // can be cleaned up later.
            if (gp->preemptStop)
            {
                return;
            }

            var t = pp->timers[0];
            if (t->pp.ptr() != pp)
            {
                @throw("cleantimers: bad p");
            }
            var s = t->status.Load();
            switch (s)
            {
                case timerDeleted:
                    if (!t->status.CompareAndSwap(s, timerRemoving))
                    {
                        continue;
                    }
                    dodeltimer0(pp);
                    var owner = t->unroot(); // PORT(timermem)
                    if (!t->status.CompareAndSwap(timerRemoving, timerRemoved))
                    {
                        badTimer();
                    }
                    GC.KeepAlive(owner);
                    pp->deletedTimers.Add(-1);
                    break;
                case timerModifiedEarlier:
                case timerModifiedLater:
                    if (!t->status.CompareAndSwap(s, timerMoving))
                    {
                        continue;
                    }
                    // In timerMoving the when field is ours to change.
                    t->when = t->nextwhen;
                    // Put t where it belongs.
                    dodeltimer0(pp);
                    doaddtimer(pp, t);
                    if (!t->status.CompareAndSwap(timerMoving, timerWaiting))
                    {
                        badTimer();
                    }
                    break;
                default:
                    // The head of the queue is in order.
                    return;
            }
        }
    }

    // moveTimers moves the timers of a slice to pp. The slice was taken from another P.
    // The world is stopped when this is called, but the caller must hold
    // pp.timersLock all the same.
    internal static unsafe void moveTimers(p* pp, slice<timer> timers)
    {
        for (int i = 0; i < timers.len; i++)
        {
            var t = timers[i];
            for (; ; )
            {
                var s = t->status.Load();
                switch (s)
                {
                    case timerWaiting:
                        if (!t->status.CompareAndSwap(s, timerMoving))
                        {
                            continue;
                        }
                        t->pp = 0;
                        doaddtimer(pp, t);
                        if (!t->status.CompareAndSwap(timerMoving, timerWaiting))
                        {
                            badTimer();
                        }
                        goto loop;
                    case timerModifiedEarlier:
                    case timerModifiedLater:
                        if (!t->status.CompareAndSwap(s, timerMoving))
                        {
                            continue;
                        }
                        t->when = t->nextwhen;
                        t->pp = 0;
                        doaddtimer(pp, t);
                        if (!t->status.CompareAndSwap(timerMoving, timerWaiting))
                        {
                            badTimer();
                        }
                        goto loop;
                    case timerDeleted:
                        if (!t->status.CompareAndSwap(s, timerRemoved))
                        {
                            continue;
                        }
                        t->pp = 0;
                        // The heap needs this timer no longer.
                        GC.KeepAlive(t->unroot()); // PORT(timermem): last, as the timer may be freed now
                        goto loop;
                    case timerModifying:
                        // Go round until the modification is complete.
                        osyield();
                        break;
                    case timerNoStatus:
                    case timerRemoved:
                        // No timer in a heap has this status.
                        badTimer();
                        break;
                    case timerRunning:
                    case timerRemoving:
                    case timerMoving:
                        // Some other P thinks that the timer is its own,
                        // which must not happen.
                        badTimer();
                        break;
                    default:
                        badTimer();
                        break;
                }
            }
        loop:
            ;
        }
    }

    // adjusttimers goes through the current P's heap, looks for timers that were modified
    // to run earlier and puts them where they belong. On the way it moves those that were
    // modified to run later, and removes the deleted ones.
    // The caller must hold pp.timersLock.
    internal static unsafe void adjusttimers(p* pp, int64 now)
    {
        // Before the time of the first timerModifiedEarlier timer there is nothing to do.
        // That makes programs faster that move many timers to and fro when the timers
        // seldom expire: going through all of them is put off until one would
        // really expire.
        var first = pp->timerModifiedEarliest.Load();
        if (first == 0 || first > now)
        {
            if (verifyTimers)
            {
                verifyTimerHeap(pp);
            }
            return;
        }

        // All timerModifiedEarlier timers are going to be dealt with.
        pp->timerModifiedEarliest.Store(0);

        // PORT(moved): a list of the CLR's, because slice does not free its memory.
        List<ptr<timer>>? moved = null;
        for (int i = 0; i < pp->timers.len; i++)
        {
            var t = pp->timers[i];
            if (t->pp.ptr() != pp)
            {
                @throw("adjusttimers: bad p");
            }
            var s = t->status.Load();
            switch (s)
            {
                case timerDeleted:
                    if (t->status.CompareAndSwap(s, timerRemoving))
                    {
                        var changed = dodeltimer(pp, i);
                        var owner = t->unroot(); // PORT(timermem)
                        if (!t->status.CompareAndSwap(timerRemoving, timerRemoved))
                        {
                            badTimer();
                        }
                        GC.KeepAlive(owner);
                        pp->deletedTimers.Add(-1);
                        // Go back to the first entry of the heap that has changed;
                        // "- 1" because the loop adds 1.
                        i = changed - 1;
                    }
                    break;
                case timerModifiedEarlier:
                case timerModifiedLater:
                    if (t->status.CompareAndSwap(s, timerMoving))
                    {
                        // In timerMoving the when field is ours to change.
                        t->when = t->nextwhen;
                        // Take t out of the heap and keep it. It is not added again
                        // yet, because the heap operation could make this loop
                        // miss another timer.
                        var changed = dodeltimer(pp, i);
                        moved ??= []; // PORT(moved)
                        moved.Add(t);
                        // Go back to the first entry of the heap that has changed;
                        // "- 1" because the loop adds 1.
                        i = changed - 1;
                    }
                    break;
                case timerNoStatus:
                case timerRunning:
                case timerRemoving:
                case timerRemoved:
                case timerMoving:
                    badTimer();
                    break;
                case timerWaiting:
                    // As it should be, nothing to do.
                    break;
                case timerModifying:
                    // Look again when the modification is complete.
                    osyield();
                    i--;
                    break;
                default:
                    badTimer();
                    break;
            }
        }

        if (moved != null) // PORT(moved)
        {
            addAdjustedTimers(pp, moved);
        }

        if (verifyTimers)
        {
            verifyTimerHeap(pp);
        }
    }

    // addAdjustedTimers adds the timers that adjusttimers has adjusted to the heap again.
    internal static unsafe void addAdjustedTimers(p* pp, List<ptr<timer>> moved)
    {
        foreach (timer* t in moved)
        {
            doaddtimer(pp, t);
            if (!t->status.CompareAndSwap(timerMoving, timerWaiting))
            {
                badTimer();
            }
        }
    }

    // nobarrierWakeTime looks at P's timers and returns the time at which the network
    // poller should wake up, 0 if there are no timers.
    // Called when a P is given up.
    internal static unsafe int64 nobarrierWakeTime(p* pp)
    {
        var next = pp->timer0When.Load();
        var nextAdj = pp->timerModifiedEarliest.Load();
        if (next == 0 || (nextAdj != 0 && nextAdj < next))
        {
            next = nextAdj;
        }
        return next;
    }

    // runtimer looks at the first timer of the heap. If it is due at now, it runs it and
    // removes or updates it.
    // Returns 0 if it ran a timer, -1 if there are no more timers, otherwise the time at
    // which the first timer is due.
    // The caller must hold pp.timersLock.
    // If a timer runs, the lock is released for a while.
    //
    // Runs on g0.
    internal static unsafe int64 runtimer(p* pp, int64 now)
    {
        for (; ; )
        {
            var t = pp->timers[0];
            if (t->pp.ptr() != pp)
            {
                @throw("runtimer: bad p");
            }
            var s = t->status.Load();
            switch (s)
            {
                case timerWaiting:
                    if (t->when > now)
                    {
                        // Not due yet.
                        return t->when;
                    }

                    if (!t->status.CompareAndSwap(s, timerRunning))
                    {
                        continue;
                    }
                    // Note that runOneTimer may release pp.timersLock for a while.
                    runOneTimer(pp, t, now);
                    return 0;

                case timerDeleted:
                    if (!t->status.CompareAndSwap(s, timerRemoving))
                    {
                        continue;
                    }
                    dodeltimer0(pp);
                    var owner = t->unroot(); // PORT(timermem)
                    if (!t->status.CompareAndSwap(timerRemoving, timerRemoved))
                    {
                        badTimer();
                    }
                    GC.KeepAlive(owner);
                    pp->deletedTimers.Add(-1);
                    if (pp->timers.len == 0)
                    {
                        return -1;
                    }
                    break;

                case timerModifiedEarlier:
                case timerModifiedLater:
                    if (!t->status.CompareAndSwap(s, timerMoving))
                    {
                        continue;
                    }
                    t->when = t->nextwhen;
                    dodeltimer0(pp);
                    doaddtimer(pp, t);
                    if (!t->status.CompareAndSwap(timerMoving, timerWaiting))
                    {
                        badTimer();
                    }
                    break;

                case timerModifying:
                    // Wait until the modification is complete.
                    osyield();
                    break;

                case timerNoStatus:
                case timerRemoved:
                    // A new or an inactive timer is not expected in the heap.
                    badTimer();
                    break;
                case timerRunning:
                case timerRemoving:
                case timerMoving:
                    // Only who holds the lock of the timers sets these,
                    // and it was not us.
                    badTimer();
                    break;
                default:
                    badTimer();
                    break;
            }
        }
    }

    // runOneTimer lets one timer go off.
    // The caller must hold pp.timersLock.
    // The lock is released while the timer's function runs.
    //
    // Runs on g0.
    internal static unsafe void runOneTimer(p* pp, timer* t, int64 now)
    {
        // PORT(race): the race detector's context for timers

        var f = t->f;
        var arg = t->arg;
        var seq = t->seq;
        // PORT(timermem): once the status has changed the timer may be stopped, unrooted and
        // freed. The owner is kept until f has returned.
        object? owner;

        if (t->period > 0)
        {
            // It stays in the heap, with the time at which it goes off next.
            var delta = t->when - now;
            t->when += t->period * (1 + -delta / t->period);
            if (t->when < 0) // the sum overflowed
            {
                t->when = maxWhen;
            }
            siftdownTimer(pp->timers, 0);
            owner = t->owner; // PORT(timermem)
            if (!t->status.CompareAndSwap(timerRunning, timerWaiting))
            {
                badTimer();
            }
            updateTimer0When(pp);
        }
        else
        {
            // Remove it from the heap.
            dodeltimer0(pp);
            owner = t->unroot(); // PORT(timermem)
            if (!t->status.CompareAndSwap(timerRunning, timerNoStatus))
            {
                badTimer();
            }
        }

        // PORT(race): g0 takes the timers' context

        unlock(&pp->timersLock);

        f(owner, arg, seq); // PORT(any)
        GC.KeepAlive(owner);

        @lock(&pp->timersLock);

        // PORT(race): g0 gives the context back
    }

    // clearDeletedTimers takes everything that was deleted out of the P's heap.
    // Otherwise they would fill the heap if the program starts many timers that run long
    // and then stops them, as happens with context.WithTimeout.
    //
    // No other function goes through the whole heap, except for moveTimers, for which
    // the world is stopped.
    //
    // The caller must hold pp.timersLock.
    internal static unsafe void clearDeletedTimers(p* pp)
    {
        // All timerModifiedEarlier timers are going to be dealt with.
        // Store the zero now: new ones may turn up while the loop runs.
        pp->timerModifiedEarliest.Store(0);

        int32 cdel = 0;
        var to = 0;
        var changedHeap = false;
        var timers = pp->timers;
        for (int i = 0; i < timers.len; i++)
        {
            var t = timers[i];
            for (; ; )
            {
                var s = t->status.Load();
                switch (s)
                {
                    case timerWaiting:
                        if (changedHeap)
                        {
                            timers[to] = t;
                            siftupTimer(timers, to);
                        }
                        to++;
                        goto nextTimer;
                    case timerModifiedEarlier:
                    case timerModifiedLater:
                        if (t->status.CompareAndSwap(s, timerMoving))
                        {
                            t->when = t->nextwhen;
                            timers[to] = t;
                            siftupTimer(timers, to);
                            to++;
                            changedHeap = true;
                            if (!t->status.CompareAndSwap(timerMoving, timerWaiting))
                            {
                                badTimer();
                            }
                            goto nextTimer;
                        }
                        break;
                    case timerDeleted:
                        if (t->status.CompareAndSwap(s, timerRemoving))
                        {
                            t->pp = 0;
                            cdel++;
                            var owner = t->unroot(); // PORT(timermem)
                            if (!t->status.CompareAndSwap(timerRemoving, timerRemoved))
                            {
                                badTimer();
                            }
                            GC.KeepAlive(owner);
                            changedHeap = true;
                            goto nextTimer;
                        }
                        break;
                    case timerModifying:
                        // Go round until the modification is complete.
                        osyield();
                        break;
                    case timerNoStatus:
                    case timerRemoved:
                        // No timer in a heap has this status.
                        badTimer();
                        break;
                    case timerRunning:
                    case timerRemoving:
                    case timerMoving:
                        // Some other P thinks that the timer is its own,
                        // which must not happen.
                        badTimer();
                        break;
                    default:
                        badTimer();
                        break;
                }
            }
        nextTimer:
            ;
        }

        // Empty the places of the slice that are left over:
        // nothing must keep a removed timer alive.
        for (int i = to; i < timers.len; i++)
        {
            timers[i] = null;
        }

        pp->deletedTimers.Add(-cdel);
        pp->numTimers.Add(-cdel);

        timers.reslice(to);
        pp->timers = timers;
        updateTimer0When(pp);

        if (verifyTimers)
        {
            verifyTimerHeap(pp);
        }
    }

    // verifyTimerHeap makes sure that the heap is in order.
    // An aid for debugging, for when verifyTimers is true.
    // The caller must hold pp.timersLock.
    internal static unsafe void verifyTimerHeap(p* pp)
    {
        for (int i = 0; i < pp->timers.len; i++)
        {
            var t = pp->timers[i];
            if (i == 0)
            {
                // The first timer has no parent.
                continue;
            }

            // The heap is 4-ary: see siftupTimer and siftdownTimer.
            var p = (i - 1) / 4;
            if (t->when < pp->timers[p]->when)
            {
                print("bad timer heap at ", i, ": ", p, ": ", pp->timers[p]->when, ", ", i, ": ", t->when, "\n");
                @throw("bad timer heap");
            }
        }
        var numTimers = (int)pp->numTimers.Load();
        if (pp->timers.len != numTimers)
        {
            println("timer heap len", pp->timers.len, "!= numTimers", numTimers);
            @throw("bad timer heap len");
        }
    }

    // updateTimer0When brings timer0When up to date.
    // The caller must hold pp.timersLock.
    internal static unsafe void updateTimer0When(p* pp)
    {
        if (pp->timers.len == 0)
        {
            pp->timer0When.Store(0);
        }
        else
        {
            pp->timer0When.Store(pp->timers[0]->when);
        }
    }

    // updateTimerModifiedEarliest records nextwhen in timerModifiedEarliest if it is
    // earlier than what stands there.
    // pp.timersLock is not held.
    internal static unsafe void updateTimerModifiedEarliest(p* pp, int64 nextwhen)
    {
        for (; ; )
        {
            var old = pp->timerModifiedEarliest.Load();
            if (old != 0 && old < nextwhen)
            {
                return;
            }

            if (pp->timerModifiedEarliest.CompareAndSwap(old, nextwhen))
            {
                return;
            }
        }
    }

    // timeSleepUntil returns the time at which the next timer is due, maxWhen if there
    // are no timers.
    // Only sysmon and checkdead call it.
    internal static unsafe int64 timeSleepUntil()
    {
        var next = maxWhen;

        // allp must not change meanwhile, as in retake.
        @lock(allpLock);
        foreach (var pp in allp)
        {
            if (pp == null)
            {
                // procresize has made allp longer
                // but has not created the new Ps yet.
                continue;
            }

            var w = pp->timer0When.Load();
            if (w != 0 && w < next)
            {
                next = w;
            }

            w = pp->timerModifiedEarliest.Load();
            if (w != 0 && w < next)
            {
                next = w;
            }
        }
        unlock(allpLock);

        return next;
    }

    // The algorithms of the heap.
    // They check their indices by hand. An index can be wrong if the program uses timers
    // in a racy way, and an exception thrown there, with locks held, would end the program
    // with a message that explains nothing. badTimer says what it is about.

    // siftupTimer moves the timer at index i up, towards the top of the heap, to where it
    // belongs. It returns the smallest index that has changed.
    internal static unsafe int siftupTimer(slice<timer> t, int i)
    {
        if (i >= t.len)
        {
            badTimer();
        }
        var when = t[i]->when;
        if (when <= 0)
        {
            badTimer();
        }
        var tmp = t[i];
        while (i > 0)
        {
            var p = (i - 1) / 4; // parent
            if (when >= t[p]->when)
            {
                break;
            }
            t[i] = t[p];
            i = p;
        }
        if (tmp != t[i])
        {
            t[i] = tmp;
        }
        return i;
    }

    // siftdownTimer moves the timer at index i down, towards the bottom of the heap, to
    // where it belongs.
    internal static unsafe void siftdownTimer(slice<timer> t, int i)
    {
        var n = t.len;
        if (i >= n)
        {
            badTimer();
        }
        var when = t[i]->when;
        if (when <= 0)
        {
            badTimer();
        }
        var tmp = t[i];
        for (; ; )
        {
            var c = i * 4 + 1; // left child
            var c3 = c + 2; // mid child
            if (c >= n)
            {
                break;
            }
            var w = t[c]->when;
            if (c + 1 < n && t[c + 1]->when < w)
            {
                w = t[c + 1]->when;
                c++;
            }
            if (c3 < n)
            {
                var w3 = t[c3]->when;
                if (c3 + 1 < n && t[c3 + 1]->when < w3)
                {
                    w3 = t[c3 + 1]->when;
                    c3++;
                }
                if (w3 < w)
                {
                    w = w3;
                    c = c3;
                }
            }
            if (w >= when)
            {
                break;
            }
            t[i] = t[c];
            i = c;
        }
        if (tmp != t[i])
        {
            t[i] = tmp;
        }
    }

    // badTimer is called when the data structures of the timers are corrupt, presumably
    // because the program uses timers in a racy way. Better to fail here than by a wrong
    // index while locks are held.
    // See Go's issue 25686.
    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    internal static void badTimer()
    {
        @throw("timer data corruption");
    }
}
