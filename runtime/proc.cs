// Ports src/runtime/proc.go of go1.20.
namespace golang;

public static partial class runtime
{
    // PORT(init): modinfo is left out; no linker sets it.

    // Goroutine scheduler
    // It spreads the goroutines that are ready to run over worker threads.
    //
    // What it deals with:
    // G - a goroutine.
    // M - a worker thread ("machine").
    // P - a processor: the right to execute Go code, of which there are GOMAXPROCS.
    //     An M executes Go code only while it has a P. An M that is blocked or in a
    //     system call may be without one.
    //
    // The design paper: https://golang.org/s/go11sched.

    // Parking and unparking of worker threads.
    // There should be enough running threads to use the hardware's parallelism, and no
    // more, because superfluous ones cost CPU time and power. Two things make that hard:
    // (1) the scheduler's state is spread on purpose (work queues per P above all), so a
    // fast path cannot compute anything about the whole; (2) the best decision needs the
    // future: a thread should not be parked when a goroutine gets ready a moment later.
    //
    // Three ways that were rejected because they work badly:
    // 1. All scheduler state in one place (does not scale).
    // 2. Handing a goroutine over directly: whoever readies one while a P is spare unparks
    //    a thread and gives it P and goroutine. The readying thread may be out of work in
    //    the next moment and be parked, so threads would flip state all the time; related
    //    goroutines would be torn from their thread, which hurts locality, and latency grows.
    // 3. Unparking one more thread, without a handover, whenever a goroutine gets ready and
    //    a P is idle. Those threads would mostly find nothing and park again at once.
    //
    // The way that is taken:
    //
    // It holds for the three main sources of work: a goroutine gets ready, a timer is new or
    // was moved to an earlier time, and idle-priority work of the collector. More below.
    //
    // Submitting work unparks one more thread, which is what wakep() does, if
    // 1. there is an idle P, and
    // 2. no worker thread is "spinning".
    //
    // A thread spins when it has no local work and found none in the global run queue or the
    // network poller; m.spinning and sched.nmspinning say so. A thread that was unparked as
    // above starts as a spinning one, since no goroutine was handed to it. Spinning threads
    // search the run queues and timer heaps of all Ps, and the collector, before they park.
    // One that finds work ends its spinning and executes it; one that finds none ends its
    // spinning and parks.
    //
    // While at least one thread spins (sched.nmspinning>1) submitting work unparks nobody.
    // In exchange the last spinning thread that finds work has to unpark a new spinning one.
    // So bursts of unparking are smoothed, and full parallelism is still reached in the end.
    //
    // The delicate point is the transition from spinning to not spinning. It races with
    // submission of work, and one of the two sides must unpark another thread; when neither
    // does, CPUs stay unused for a long time.
    //
    // So submission always is:
    // 1. Put the work in the local run queue, the timer heap or the collector's state.
    // 2. A barrier of the StoreLoad kind.
    // 3. Look at sched.nmspinning.
    //
    // And the end of spinning always is:
    // 1. Decrement nmspinning.
    // 2. A barrier of the StoreLoad kind.
    // 3. Look for new work in the queues of all Ps and in the collector.
    //
    // The global run queue needs none of that: submission to it is never sloppy about
    // unparking. See also the comments where nmspinning is changed.
    //
    // The sources of work differ, though not in how they are synchronized:
    // * A goroutine that gets ready is work at once: some thread has to run it eventually.
    // * A timer that is new or moved earlier: a thread without work sits in netpoll until
    //   the soonest timer (see time.cs). If there is no such thread, a new spinning one
    //   is wanted, to go and wait.
    // * Idle-priority work of the collector: it wakes an idle thread to take part in
    //   background work (disabled now, golang.org/issue/19112; golang.org/issue/44313 asks
    //   to extend it to all workers of the collector).

    // m0 and g0 are in asm.cs.
    // PORT(heap): no mcache0. PORT(race): no raceprocctx0.

    // PORT(init): runtime_inittask and main_inittask are the linker's; the CLR runs static
    // constructors itself.

    // PORT(cgo): main_init_done tells cgocallbackg that initialisation is complete.

    // main_main is in asm.cs; rt0_go sets it.

    // mainStarted: the main M has started.
    internal static bool mainStarted;

    // runtimeInitTime: nanotime() when the runtime started.
    internal static int64 runtimeInitTime;

    // PORT(signal): initSigmask, the signal mask of new Ms.

    // The main goroutine.
    internal static async go main()
    {
        // PORT(race): the race context of m0's g0.

        // PORT(stack): maxstacksize and maxstackceiling limit stacks that grow.

        // From here on newproc may start Ms.
        mainStarted = true;

        // PORT(goos): wasm has no threads.
        using (systemstack())
        {
            unsafe
            {
                newm(&sysmon, null, -1);
            }
        }

        // The main goroutine stays on the main thread while the program initialises. Most
        // programs do not care; some need calls made by the main thread, and they keep
        // main_main there by calling runtime.LockOSThread during initialisation.
        lockOSThread();

        unsafe
        {
            if (getg()->m != m0) // PORT(park): mp, a pointer, cannot be a local here.
            {
                @throw("runtime.main not on m0");
            }
        }

        // Remember when the world started.
        runtimeInitTime = nanotime();
        if (runtimeInitTime == 0)
        {
            @throw("nanotime returning zero");
        }

        // PORT(init): inittrace and doInit(&runtime_inittask), which runs the init below.
        init();

        // The unlock is deferred so that a Goexit during initialisation unlocks too.
        var needUnlock = true;
        try
        {
            gcenable();

            // PORT(cgo): main_init_done, the checks of the cgo hooks, startTemplateThread.

            // PORT(init): doInit(&main_inittask).

            needUnlock = false;
            unlockOSThread();

            // PORT(hosted): from here on other threads may start goroutines; Go tells cgo so a
            // little earlier. Not before: main has to be on m0 up to here.
            rt0ready.Set();

            if (isarchive || islibrary)
            {
                // A library has no main of its own: its host runs.
                return;
            }
            var fn = main_main!; // an indirect call: rt0_go has it. PORT(asm): a variable
            await fn();
            // PORT(race): racefini.

            // If another goroutine is panicking just when main returns, let it finish
            // printing the panic; when it is through, it exits. See issues 3934 and 20018.
            // PORT(panic): runningPanicDefers; a panic that still unwinds through its finally
            // blocks is an exception, and nobody counts those.
            if (panicking.Load() != 0)
            {
                await gopanicwait();
            }
            // PORT(exithook): runExitHooks(0).

            exit(0);
            for (; ; )
            {
                unsafe
                {
                    int32* x = null;
                    *x = 0;
                }
            }
        }
        finally
        {
            if (needUnlock)
            {
                unlockOSThread();
            }
        }

        // PORT(park): pointers are not for async methods, so the call stands here.
        static unsafe go gopanicwait() => gopark(null, null, waitReasonPanicWait, traceEvGoStop, 1);
    }

    // os_beforeExit is what os.Exit calls first (os.runtime_beforeExit).
    internal static void os_beforeExit(int exitCode)
    {
        // PORT(exithook): runExitHooks(exitCode).
        // PORT(race): racefini when exitCode is 0.
    }

    // start the helper of forcegc
    internal static void init()
    {
        newproc(forcegchelper, "", "", 0);
    }

    internal static async go forcegchelper()
    {
        ptr<mutex> forcegclock;
        unsafe
        {
            forcegc->g = getg();
            lockInit(&forcegc->@lock, lockRankForcegc);
            forcegclock = &forcegc->@lock;
        }
        for (; ; )
        {
            unsafe
            {
                @lock(&forcegc->@lock);
                if (forcegc->idle.Load())
                {
                    @throw("forcegc: phase error");
                }
                forcegc->idle.Store(true);
                // PORT(gctrigger): the CLR may have collected while this goroutine could not be readied.
                if (new gcTrigger { kind = gcTriggerHeap }.test())
                {
                    forcegc->idle.Store(false);
                    forcegc->kind = (int32)gcTriggerHeap;
                    unlock(&forcegc->@lock);
                    goto resumed;
                }
            }
            await goparkunlock(forcegclock, waitReasonForceGCIdle, traceEvGoBlock, 1);
        resumed:
            // this goroutine is readied by sysmon
            // PORT(gctrigger): or by the CLR's finalizer thread, which sets kind.
            gcTriggerKind kind;
            unsafe
            {
                kind = (gcTriggerKind)forcegc->kind;
            }
            if (debug.gctrace > 0 && kind == gcTriggerTime)
            {
                println("GC forced");
            }
            // Triggered by time, and runs beside the program.
            await gcStart(new gcTrigger { kind = kind, now = nanotime() });
        }
    }

    /// <summary>
    /// Gosched lets other goroutines run. The goroutine is not suspended: it goes to the end
    /// of the global run queue and continues by itself. Go: src/runtime/proc.go.
    /// </summary>
    /// <returns>To be awaited at once.</returns>
    public static unsafe go Gosched()
    {
        checkTimeouts();
        return mcall(&gosched_m);
    }

    // goschedguarded is Gosched, except that it does nothing in states in which the
    // goroutine must not give way.
    internal static unsafe go goschedguarded()
    {
        return mcall(&goschedguarded_m);
    }

    // goschedIfBusy is Gosched, but only if there is no idle P, or if this is the only P and
    // its run queue is not empty. In the other cases idle time is there for the taking.
    internal static unsafe go goschedIfBusy()
    {
        var gp = getg();
        // With gp.preempt set give way in any case: this may be a tight loop that has no
        // other place to do so.
        if (!gp->preempt && sched->npidle.Load() > 0)
        {
            return default;
        }
        return mcall(&gosched_m);
    }

    // gopark puts the current goroutine into a waiting state and has unlockf called on g0.
    //
    // When unlockf returns false the goroutine goes on.
    //
    // unlockf must not touch this goroutine's frames: when it is called they have been left.
    //
    // unlockf runs after the goroutine is in its waiting state. So unless something else
    // keeps others from readying it, the goroutine may have been readied already when
    // unlockf starts. An unlockf that returns false must be sure that nobody else can
    // ready the goroutine.
    //
    // reason says why the goroutine is parked and is shown in tracebacks. Reasons should be
    // unique and descriptive. Do not reuse one, add a new one.
    //
    // PORT(mcall): the caller awaits what is returned; the goroutine is parked when its
    // chain of frames has unwound to the M's loop.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe go gopark(delegate*<g*, void*, bool> unlockf, void* @lock, waitReason reason, uint8 traceEv, int traceskip)
    {
        if (reason != waitReasonSleep)
        {
            checkTimeouts(); // a timeout may expire while two goroutines keep the scheduler busy
        }
        var mp = acquirem();
        var gp = mp->curg;
        var status = readgstatus(gp);
        if (status != _Grunning && status != _Gscanrunning)
        {
            @throw("gopark: bad g status");
        }
        mp->waitlock = @lock;
        mp->waitunlockf = unlockf;
        gp->waitreason = reason;
        mp->waittraceev = traceEv;
        mp->waittraceskip = traceskip;
        releasem(mp);
        // Nothing that could move the G to another M may be done here.
        return mcall(&park_m);
    }

    // goparkunlock puts the current goroutine into a waiting state and unlocks the lock.
    // goready(gp) makes it runnable again.
    internal static unsafe go goparkunlock(ptr<mutex> @lock, waitReason reason, uint8 traceEv, int traceskip)
    {
        return gopark(&parkunlock_c, @lock.p, reason, traceEv, traceskip);
    }

    internal static unsafe void goready(g* gp, int traceskip)
    {
        using (systemstack())
        {
            ready(gp, traceskip, true);
        }
    }

    internal static unsafe sudog* acquireSudog()
    {
        // In Go a cycle is broken here: semaphores call acquireSudog, that calls new(sudog),
        // malloc may start the collector, and the collector uses semaphores in stopTheWorld.
        // acquirem counts up m.locks around new(sudog), and that keeps the collector away.
        // Besides, it keeps this goroutine on its P.
        const int cap = sudogcachecap;
        var mp = acquirem();
        var pp = mp->p.ptr();
        if (pp->sudogcache == 0)
        {
            @lock(&sched->sudoglock);
            // First try to take a batch from the central cache.
            while (pp->sudogcache < cap / 2 && sched->sudogcache != null)
            {
                var s1 = sched->sudogcache;
                sched->sudogcache = s1->next;
                s1->next = null;
                pp->sudogbuf[pp->sudogcache++] = s1; // PORT(sudogcache)
            }
            unlock(&sched->sudoglock);
            // If the central cache is empty, allocate a new one.
            if (pp->sudogcache == 0)
            {
                pp->sudogbuf[pp->sudogcache++] = @new<sudog>(); // PORT(sudogcache)
            }
        }
        var n = pp->sudogcache;
        sudog* s = pp->sudogbuf[n - 1];
        pp->sudogbuf[n - 1] = null; // PORT(sudogcache)
        pp->sudogcache = n - 1;
        if (s->elem != null)
        {
            @throw("acquireSudog: found s.elem != nil in cache");
        }
        releasem(mp);
        return s;
    }

    // PORT(sudogcache): cap(pp.sudogcache), which is the length of sudogbuf.
    internal const int sudogcachecap = 128;

    internal static unsafe void releaseSudog(sudog* s)
    {
        const int cap = sudogcachecap;
        if (s->elem != null)
        {
            @throw("runtime: sudog with non-nil elem");
        }
        if (s->isSelect)
        {
            @throw("runtime: sudog with non-false isSelect");
        }
        if (s->next != null)
        {
            @throw("runtime: sudog with non-nil next");
        }
        if (s->prev != null)
        {
            @throw("runtime: sudog with non-nil prev");
        }
        if (s->waitlink != null)
        {
            @throw("runtime: sudog with non-nil waitlink");
        }
        if (s->c != null)
        {
            @throw("runtime: sudog with non-nil c");
        }
        var gp = getg();
        if (gp->param != null)
        {
            @throw("runtime: releaseSudog with non-nil gp.param");
        }
        var mp = acquirem(); // do not get rescheduled to another P
        var pp = mp->p.ptr();
        if (pp->sudogcache == cap)
        {
            // Move half of the local cache to the central cache.
            sudog* first = null;
            sudog* last = null;
            while (pp->sudogcache > cap / 2)
            {
                var n = pp->sudogcache;
                sudog* p = pp->sudogbuf[n - 1];
                pp->sudogbuf[n - 1] = null; // PORT(sudogcache)
                pp->sudogcache = n - 1;
                if (first == null)
                {
                    first = p;
                }
                else
                {
                    last->next = p;
                }
                last = p;
            }
            @lock(&sched->sudoglock);
            last->next = sched->sudogcache;
            sched->sudogcache = first;
            unlock(&sched->sudoglock);
        }
        pp->sudogbuf[pp->sudogcache++] = s; // PORT(sudogcache)
        releasem(mp);
    }

    // Called from asm.cs.
    internal static unsafe void badmcall(delegate*<g*, void> fn)
    {
        @throw("runtime: mcall called on m->g0 stack");
    }

    internal static unsafe void badmcall2(delegate*<g*, void> fn)
    {
        @throw("runtime: mcall function returned");
    }

    // PORT(stack): badreflectcall, badmorestackg0, badmorestackgsignal and badctxt.

    internal static unsafe bool lockedOSThread()
    {
        var gp = getg();
        return gp->lockedm != 0 && gp->m->lockedg != 0;
    }

    // allgs holds every G that was ever made, dead ones too, so it never shrinks.
    //
    // Needs allglock or a stopped world. Readers that cannot take the lock may use
    // atomicAllG, with care.
    internal static readonly unsafe mutex* allglock = @new<mutex>();
    // PORT(allgs): the array; its length is the capacity, allglen is Go's len(allgs), and the
    // reference stands for allgptr. The Gs lie in native memory.
    internal static unsafe g*[] allgs = new g*[64];

    // allglen is read atomically, and so is the reference allgs. Loads and stores must be
    // in a total order. Writing needs allglock.
    //
    // A writer stores allgs before allglen and a reader loads allglen before allgs, so that
    // a reader's length never exceeds its array. A reader may miss a G that is being added;
    // who needs all of them has to hold allglock.
    internal static uintptr allglen;

    internal static unsafe void allgadd(g* gp)
    {
        if (readgstatus(gp) == _Gidle)
        {
            @throw("allgadd: bad status Gidle");
        }

        @lock(allglock);
        // PORT(allgs): append, and the new array is published before the length.
        var n = (int)allglen;
        var gs = allgs;
        if (n == gs.Length)
        {
            gs = new g*[2 * n];
            Array.Copy(allgs, gs, n);
        }
        gs[n] = gp;
        if (gs != allgs)
        {
            System.Threading.Volatile.Write(ref allgs, gs); // PORT(allgs)
        }
        atomic.Storeuintptr(ref allglen, (uintptr)(n + 1));
        unlock(allglock);
    }

    // allGsSnapshot returns all Gs: the first len of the array.
    //
    // The world must be stopped or allglock held.
    // PORT(allgs): the array may be longer than len.
    internal static unsafe (g*[] gs, uintptr len) allGsSnapshot()
    {
        assertWorldStoppedOrLockHeld(allglock);

        // allgadd cannot run at the same time. allgs only grows and an entry never changes,
        // so array and length can be given out as they are. What lies behind the length
        // may still change.
        return (allgs, allglen);
    }

    // atomicAllG returns the array and the length for use with atomicAllGIndex.
    internal static unsafe (g*[] ptr, uintptr length) atomicAllG()
    {
        var length = atomic.Loaduintptr(ref allglen);
        var ptr = System.Threading.Volatile.Read(ref allgs); // PORT(allgs): a managed array
        return (ptr, length);
    }

    // atomicAllGIndex returns ptr[i] of the array that atomicAllG returned.
    // PORT(allgs): a managed array.
    internal static unsafe g* atomicAllGIndex(g*[] ptr, uintptr i)
    {
        return ptr[i];
    }

    // The function that forEachG and forEachGRace call.
    internal unsafe delegate void forEachGFunc(g* gp);

    // forEachG calls fn on every G of allgs.
    //
    // It holds a lock that keeps new Gs from being added meanwhile.
    internal static unsafe void forEachG(forEachGFunc fn)
    {
        @lock(allglock);
        for (uintptr i = 0; i < allglen; i++)
        {
            fn(allgs[i]);
        }
        unlock(allglock);
    }

    // forEachGRace calls fn on every G of allgs.
    //
    // It takes no lock, so Gs that are added meanwhile may be missed.
    internal static unsafe void forEachGRace(forEachGFunc fn)
    {
        var (ptr, length) = atomicAllG();
        for (uintptr i = 0; i < length; i++)
        {
            var gp = atomicAllGIndex(ptr, i);
            fn(gp);
        }
        return;
    }

    // How many goroutine ids a P takes from sched.goidgen at once. 16 shares the cost well
    // enough; there is no more behind the number.
    internal const int _GoidCacheBatch = 16;

    // PORT(init): cpuinit and getGodebugEarly set up CPU features for the compiler's code.

    // The order of the start is:
    //
    //	call osinit
    //	call schedinit
    //	make & queue new G
    //	call mstart
    //
    // The new G calls main.
    internal static unsafe void schedinit()
    {
        lockInit(&sched->@lock, lockRankSched);
        lockInit(&sched->sysmonlock, lockRankSysmon);
        // PORT(stack): deferlock; defer is try and finally.
        lockInit(&sched->sudoglock, lockRankSudog);
        lockInit(deadlock, lockRankDeadlock);
        lockInit(paniclk, lockRankPanic);
        lockInit(allglock, lockRankAllg);
        lockInit(allpLock, lockRankAllp);
        lockInit(finlock, lockRankFin);
        // PORT(trace): the locks of trace. PORT(prof): cpuprof.lock.
        // PORT(heap): reflectOffs.lock, memstats.heapStats.noPLock.

        var gp = getg();
        // PORT(race): raceinit.

        sched->maxmcount = 10000;

        // The world starts stopped.
        worldStopped();

        // PORT(init): moduledataverify. PORT(stack): stackinit.
        mallocinit();
        // PORT(heap): initPageTrace. PORT(init): cpuinit, alginit.
        fastrandinit(); // must run before mcommoninit
        mcommoninit(gp->m, -1);
        // PORT(init): modulesinit, typelinksinit, itabsinit, stkobjinit.

        // PORT(signal): sigsave, initSigmask.

        // PORT(init): goargs; the host of the CLR has the arguments.
        // PORT(env): goenvs of os_linux.go, which does no more than call it.
        goenvs_unix();
        parsedebugvars();
        gcinit();

        // PORT(prof): disableMemoryProfiling.

        @lock(&sched->@lock);
        sched->lastpoll.Store(nanotime());
        var procs = ncpu;
        var (n, ok) = atoi32(gogetenv("GOMAXPROCS"));
        if (ok && n > 0)
        {
            procs = n;
        }
        if (procresize(procs) != null)
        {
            @throw("unknown runnable goroutine during bootstrap");
        }
        unlock(&sched->@lock);

        // In effect the world is started now: Ps can run.
        worldStarted();

        // PORT(cgo): debug.cgocheck. PORT(init): buildVersion, modinfo.
    }

    internal static unsafe void dumpgstatus(g* gp)
    {
        var thisg = getg();
        print("runtime:   gp: gp=", gp, ", goid=", gp->goid, ", gp->atomicstatus=", readgstatus(gp), "\n");
        print("runtime: getg:  g=", thisg, ", goid=", thisg->goid, ",  g->atomicstatus=", readgstatus(thisg), "\n");
    }

    // Needs sched.lock.
    internal static unsafe void checkmcount()
    {
        assertLockHeld(&sched->@lock);

        if (mcount() > sched->maxmcount)
        {
            print("runtime: program exceeds ", sched->maxmcount, "-thread limit\n");
            @throw("thread exhaustion");
        }
    }

    // mReserveID returns the id for a new m. From this moment checkdead takes the new m
    // for running.
    //
    // Needs sched.lock.
    internal static unsafe int64 mReserveID()
    {
        assertLockHeld(&sched->@lock);

        if (unchecked(sched->mnext + 1) < sched->mnext)
        {
            @throw("runtime: thread ID overflow");
        }
        var id = sched->mnext;
        sched->mnext++;
        checkmcount();
        return id;
    }

    // id is an id that was reserved before, or -1.
    internal static unsafe void mcommoninit(m* mp, int64 id)
    {
        // PORT(prof): mp.createstack, the stack that made the thread.

        @lock(&sched->@lock);

        if (id >= 0)
        {
            mp->id = id;
        }
        else
        {
            mp->id = mReserveID();
        }

        var lo = (uint32)int64Hash((uint64)mp->id, fastrandseed);
        var hi = (uint32)int64Hash((uint64)cputicks(), ~fastrandseed);
        if ((lo | hi) == 0)
        {
            hi = 1;
        }
        // PORT(generic): no BigEndian; both architectures are little endian.
        mp->fastrand = (uint64)hi << 32 | (uint64)lo;

        // PORT(signal): mpreinit, which makes gsignal.

        // On allm, so that the m can be found.
        mp->alllink = allm;

        // NumCgoCall walks allm without sched.lock, so it has to be published safely.
        // PORT(atomic): atomicstorep of a static variable.
        fixed (m** head = &allm)
        {
            atomic.Storeuintptr(ref *(uintptr*)head, (uintptr)mp);
        }
        unlock(&sched->@lock);

        // PORT(cgo): mp.cgoCallers.

        // PORT(hash): alg.go's hash of a uint64, by one multiplication. It only has to spread
        // the seeds of the ms.
        static uintptr int64Hash(uint64 i, uintptr seed)
        {
            var h = Math.BigMul(i ^ 0x8ebc6af09c88c6e3, i ^ seed ^ 0xa0761d6478bd642f, out var l);
            return (uintptr)(h ^ l);
        }
    }

    internal static unsafe void becomeSpinning(this ref m mp)
    {
        mp.spinning = true;
        sched->nmspinning.Add(1);
        sched->needspinning.Store(0);
    }

    internal static uintptr fastrandseed;

    internal static void fastrandinit()
    {
        var s = MemoryMarshal.AsBytes(new Span<uintptr>(ref fastrandseed));
        getRandomData(s);
    }

    // ready marks gp ready to run.
    internal static unsafe void ready(g* gp, int traceskip, bool next)
    {
        // PORT(trace): traceGoUnpark.

        var status = readgstatus(gp);

        // Make it runnable.
        var mp = acquirem(); // no preemption: a p may be held in a local variable
        if ((status & ~_Gscan) != _Gwaiting)
        {
            dumpgstatus(gp);
            @throw("bad g->status in ready");
        }

        // The status is Gwaiting or Gscanwaiting: make it Grunnable and put it on runq.
        casgstatus(gp, _Gwaiting, _Grunnable);
        runqput(mp->p.ptr(), gp, next);
        wakep();
        releasem(mp);
    }

    // freezeStopWait: the large value of sched.stopwait by which freezetheworld asks all
    // Gs to stop for good.
    internal const int32 freezeStopWait = 0x7fffffff;

    // freezing: the runtime is trying to freeze the world.
    internal static atomic.Bool freezing;

    // freezetheworld is like stopTheWorld, but does only its best and may be called several
    // times. There is no way back: it is for crashing.
    // It must not lock any mutex.
    internal static unsafe void freezetheworld()
    {
        freezing.Store(true);
        // stopwait and preemption requests can get lost in races with running threads,
        // so there are several tries
        for (var i = 0; i < 5; i++)
        {
            // tells the scheduler to start no goroutine any more
            sched->stopwait = freezeStopWait;
            sched->gcwaiting.Store(true);
            // should stop those that run
            if (!preemptall())
            {
                break; // none runs
            }
            usleep(1000);
        }
        // to be sure
        usleep(1000);
        preemptall();
        usleep(1000);
    }

    // Every read and write of a g's status goes through readgstatus, casgstatus,
    // castogscanstatus and casfrom_Gscanstatus.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe uint32 readgstatus(g* gp)
    {
        return gp->atomicstatus.Load();
    }

    // The Gscan states act as locks, and this releases one. A plain atomic store might do if
    // it ever costs too much; for now an inconsistent state is fatal.
    internal static unsafe void casfrom_Gscanstatus(g* gp, uint32 oldval, uint32 newval)
    {
        var success = false;

        // Check that the transition is allowed.
        switch (oldval)
        {
            default:
                print("runtime: casfrom_Gscanstatus bad oldval gp=", gp, ", oldval=", hex(oldval), ", newval=", hex(newval), "\n");
                dumpgstatus(gp);
                @throw("casfrom_Gscanstatus:top gp->status is not in scan state");
                break;
            case _Gscanrunnable:
            case _Gscanwaiting:
            case _Gscanrunning:
            case _Gscansyscall:
            case _Gscanpreempted:
                if (newval == (oldval & ~_Gscan))
                {
                    success = gp->atomicstatus.CompareAndSwap(oldval, newval);
                }
                break;
        }
        if (!success)
        {
            print("runtime: casfrom_Gscanstatus failed gp=", gp, ", oldval=", hex(oldval), ", newval=", hex(newval), "\n");
            dumpgstatus(gp);
            @throw("casfrom_Gscanstatus: gp->status is not in scan state");
        }
        releaseLockRank(lockRankGscan);
    }

    // castogscanstatus returns false if gp is not in the expected state and the CAS fails.
    // It acts like taking a lock, casfrom_Gscanstatus like releasing it.
    internal static unsafe bool castogscanstatus(g* gp, uint32 oldval, uint32 newval)
    {
        switch (oldval)
        {
            case _Grunnable:
            case _Grunning:
            case _Gwaiting:
            case _Gsyscall:
                if (newval == (oldval | _Gscan))
                {
                    var r = gp->atomicstatus.CompareAndSwap(oldval, newval);
                    if (r)
                    {
                        acquireLockRank(lockRankGscan);
                    }
                    return r;
                }
                break;
        }
        print("runtime: castogscanstatus oldval=", hex(oldval), " newval=", hex(newval), "\n");
        @throw("castogscanstatus");
        builtin.panic("not reached");
        return false;
    }

    // casgstatusAlwaysTrack: a debugging aid; casgstatus then tracks latencies at every
    // transition instead of sampling them.
    internal static bool casgstatusAlwaysTrack = false;

    // casgstatus is fatal when asked to go to or come from a Gscan state; that is for
    // castogscanstatus and casfrom_Gscanstatus.
    // While g.atomicstatus is a Gscan state it loops until whoever set that is through.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe void casgstatus(g* gp, uint32 oldval, uint32 newval)
    {
        if ((oldval & _Gscan) != 0 || (newval & _Gscan) != 0 || oldval == newval)
        {
            using (systemstack())
            {
                print("runtime: casgstatus: oldval=", hex(oldval), " newval=", hex(newval), "\n");
                @throw("casgstatus: bad incoming values");
            }
        }

        acquireLockRank(lockRankGscan);
        releaseLockRank(lockRankGscan);

        // Why this delay: https://golang.org/cl/21503.
        const int64 yieldDelay = 5 * 1000;
        int64 nextYield = 0;

        // Loop while gp.atomicstatus is in a scan state, so that the collector can finish
        // and set the state to oldval.
        for (var i = 0; !gp->atomicstatus.CompareAndSwap(oldval, newval); i++)
        {
            if (oldval == _Gwaiting && gp->atomicstatus.Load() == _Grunnable)
            {
                @throw("casgstatus: waiting for Gwaiting but is Grunnable");
            }
            if (i == 0)
            {
                nextYield = nanotime() + yieldDelay;
            }
            if (nanotime() < nextYield)
            {
                for (var x = 0; x < 10 && gp->atomicstatus.Load() != oldval; x++)
                {
                    procyield(1);
                }
            }
            else
            {
                osyield();
                nextYield = nanotime() + yieldDelay / 2;
            }
        }

        if (oldval == _Grunning)
        {
            // Track every gTrackingPeriod-th time that a goroutine leaves the running state.
            if (casgstatusAlwaysTrack || gp->trackingSeq % gTrackingPeriod == 0)
            {
                gp->tracking = true;
            }
            gp->trackingSeq++;
        }
        if (!gp->tracking)
        {
            return;
        }

        // What is tracked at present:
        // - the time spent runnable,
        // - the time spent blocked on a sync.Mutex or sync.RWMutex.
        switch (oldval)
        {
            case _Grunnable:
                {
                    // No longer runnable: measure how long it was and add that to
                    // runnableTime.
                    var now = nanotime();
                    gp->runnableTime += now - gp->trackingStamp;
                    gp->trackingStamp = 0;
                    break;
                }
            case _Gwaiting:
                {
                    if (!gp->waitreason.isMutexWait())
                    {
                        // It was not blocked on a lock.
                        break;
                    }
                    // It was blocked on a lock: measure that. This is a sample, so times
                    // the sampling period it is nearer to the truth. gTrackingPeriod is the
                    // period here too, because this state is only entered from _Grunning.
                    var now = nanotime();
                    sched->totalMutexWaitTime.Add((now - gp->trackingStamp) * gTrackingPeriod);
                    gp->trackingStamp = 0;
                    break;
                }
        }
        switch (newval)
        {
            case _Gwaiting:
                {
                    if (!gp->waitreason.isMutexWait())
                    {
                        // It does not block on a lock.
                        break;
                    }
                    // It blocks on a lock: note the time.
                    var now = nanotime();
                    gp->trackingStamp = now;
                    break;
                }
            case _Grunnable:
                {
                    // Just became runnable: note the time.
                    var now = nanotime();
                    gp->trackingStamp = now;
                    break;
                }
            case _Grunning:
                // Starts running: end the tracking and record how long it was runnable.
                gp->tracking = false;
                // PORT(metrics): sched.timeToRun.record(gp.runnableTime).
                gp->runnableTime = 0;
                break;
        }
    }

    // casGToWaiting takes gp from old to _Gwaiting and sets the wait reason.
    //
    // Better than casgstatus where it can be used: the reason is never forgotten.
    internal static unsafe void casGToWaiting(g* gp, uint32 old, waitReason reason)
    {
        // The reason comes first, because casgstatus uses it.
        gp->waitreason = reason;
        casgstatus(gp, old, _Gwaiting);
    }

    // PORT(stack): casgcopystack.
    // PORT(signal): casGToPreemptScan and casGFromPreempted; nobody suspends a goroutine.

    // stopTheWorld keeps all Ps from running goroutines, interrupting those at safe points,
    // and notes the reason. When it is through only the P of the calling goroutine runs.
    // It must be called on a goroutine that does not hold worldsema. startTheWorld lets
    // the other Ps go on.
    //
    // Several goroutines may call it at the same time; each stops the world for itself, one
    // after the other.
    //
    // Routines that dump stacks use it as well. When the system panics or exits, it may
    // fail to stop all goroutines.
    internal static async go stopTheWorld(string reason)
    {
        await semacquire(worldsema);
        unsafe
        {
            var gp = getg();
            gp->m->preemptoff = preemptoffText(reason); // PORT(preemptoff)
            using (systemstack())
            {
                // The state of the goroutine that stops the world says that it may be
                // scanned: else a mark worker that wants to scan it and this would wait
                // for each other.
                // It is still executing, so the reason says that it stops the world.
                casGToWaiting(gp, _Grunning, waitReasonStoppingTheWorld);
                stopTheWorldWithSema();
                casgstatus(gp, _Gwaiting, _Grunning);
            }
        }
    }

    // PORT(preemptoff): m.preemptoff is a C string that other threads may print at any time,
    // so the text of each reason stays in native memory. Needs worldsema.
    internal static readonly System.Collections.Generic.Dictionary<string, ptr<byte>> preemptoffTexts = [];

    // PORT(preemptoff): the text for a reason.
    internal static unsafe byte* preemptoffText(string reason)
    {
        if (!preemptoffTexts.TryGetValue(reason, out var text))
        {
            text = (byte*)Marshal.StringToCoTaskMemUTF8(reason);
            preemptoffTexts[reason] = text;
        }
        return text;
    }

    // startTheWorld takes back what stopTheWorld did.
    internal static unsafe void startTheWorld()
    {
        using (systemstack())
        {
            startTheWorldWithSema(false);
        }

        // worldsema stays held over startTheWorldWithSema, so that gomaxprocs cannot change
        // while somebody holds worldsema.
        //
        // It is handed directly to the next waiter; acquirem keeps semrelease1 from
        // yielding for that.
        //
        // Otherwise somebody who stops the world in a loop could starve others that want
        // to, such as the start and the end of a collection. What is blocked here is so
        // heavy that being fair comes first.
        //
        // And this goroutine should not be preempted before it has released the semaphore,
        // or everyone (collections too) would wait longer.
        var mp = acquirem();
        mp->preemptoff = null;
        semrelease1(worldsema, true, 0);
        releasem(mp);
    }

    // stopTheWorldGC is stopTheWorld, but first waits until no collection runs and keeps
    // one from starting until startTheWorldGC.
    internal static async go stopTheWorldGC(string reason)
    {
        await semacquire(gcsema);
        await stopTheWorld(reason);
    }

    // startTheWorldGC takes back what stopTheWorldGC did.
    internal static void startTheWorldGC()
    {
        startTheWorld();
        semrelease(gcsema);
    }

    // Whoever holds worldsema may try to stop the world.
    internal static readonly ptr<uint32> worldsema = newsema(1);

    // Whoever holds gcsema may block collections, and getting it waits for the current one.
    // In particular it keeps gomaxprocs from changing meanwhile.
    internal static readonly ptr<uint32> gcsema = newsema(1);

    // PORT(native): the semaphores above lie in native memory, sema.cs needs their addresses.
    internal static unsafe ptr<uint32> newsema(uint32 n)
    {
        var addr = @new<uint32>();
        *addr = n;
        return addr;
    }

    // stopTheWorldWithSema is the core of stopTheWorld. The caller has to get worldsema and
    // disable preemption first, and to call it on g0:
    //
    //	semacquire(&worldsema, 0)
    //	m.preemptoff = "reason"
    //	systemstack(stopTheWorldWithSema)
    //
    // Afterwards it has to call startTheWorld, or to take the three steps back one by one:
    //
    //	m.preemptoff = ""
    //	systemstack(startTheWorldWithSema)
    //	semrelease(&worldsema)
    //
    // With worldsema held once, several pairs of startTheWorldWithSema and
    // stopTheWorldWithSema are allowed; other Ps run between them, and other goroutines
    // that call stopTheWorld wait.
    internal static unsafe void stopTheWorldWithSema()
    {
        var gp = getg();

        // Holding a lock we could never stop an M that waits for it.
        if (gp->m->locks > 0)
        {
            @throw("stopTheWorld: holding locks");
        }

        @lock(&sched->@lock);
        sched->stopwait = gomaxprocs;
        sched->gcwaiting.Store(true);
        preemptall();
        // stop the current P
        gp->m->p.ptr()->status = _Pgcstop; // Pgcstop is only for diagnosis.
        sched->stopwait--;
        // try to retake all Ps in Psyscall
        foreach (var pp in allp)
        {
            var s = pp->status;
            if (s == _Psyscall && atomic.Cas(ref pp->status, s, _Pgcstop))
            {
                // PORT(trace): traceGoSysBlock, traceProcStop.
                pp->syscalltick++;
                sched->stopwait--;
            }
        }
        // stop idle Ps
        var now = nanotime();
        for (; ; )
        {
            var pp = pidleget(now, out _);
            if (pp == null)
            {
                break;
            }
            pp->status = _Pgcstop;
            sched->stopwait--;
        }
        var wait = sched->stopwait > 0;
        unlock(&sched->@lock);

        // wait for the remaining Ps to stop by themselves
        if (wait)
        {
            for (; ; )
            {
                // wait 100us, then ask for preemption again in case of a race
                if (notetsleep(&sched->stopnote, 100 * 1000))
                {
                    noteclear(&sched->stopnote);
                    break;
                }
                preemptall();
            }
        }

        // sanity checks
        var bad = "";
        if (sched->stopwait != 0)
        {
            bad = "stopTheWorld: not stopped (stopwait != 0)";
        }
        else
        {
            foreach (var pp in allp)
            {
                if (pp->status != _Pgcstop)
                {
                    bad = "stopTheWorld: not stopped (status != _Pgcstop)";
                }
            }
        }
        if (freezing.Load())
        {
            // Another thread is panicking. That can make the checks above fail. In any
            // case this thread should halt.
            @lock(deadlock);
            @lock(deadlock);
        }
        if (bad != "")
        {
            @throw(bad);
        }

        worldStopped();
    }

    internal static unsafe int64 startTheWorldWithSema(bool emitTraceEvent)
    {
        assertWorldStopped();

        var mp = acquirem(); // no preemption: a p may be held in a local variable
        if (netpollinited())
        {
            var list = netpoll(0); // does not block
            injectglist(&list);
        }
        @lock(&sched->@lock);

        var procs = gomaxprocs;
        if (newprocs != 0)
        {
            procs = newprocs;
            newprocs = 0;
        }
        var p1 = procresize(procs);
        sched->gcwaiting.Store(false);
        if (sched->sysmonwait.Load())
        {
            sched->sysmonwait.Store(false);
            notewakeup(&sched->sysmonnote);
        }
        unlock(&sched->@lock);

        worldStarted();

        while (p1 != null)
        {
            var p = p1;
            p1 = p1->link.ptr();
            if (p->m != 0)
            {
                var mp1 = p->m.ptr();
                p->m = 0;
                if (mp1->nextp != 0)
                {
                    @throw("startTheWorld: inconsistent mp->nextp");
                }
                mp1->nextp.set(p);
                notewakeup(&mp1->park);
            }
            else
            {
                // Start an M to run p. Do not start another M below.
                newm(null, p, -1);
            }
        }

        // The time at which the world runs again, taken before the cleaning up.
        var startTime = nanotime();
        // PORT(trace): traceGCSTWDone if emitTraceEvent.

        // Wake one more P in case there are more runnable goroutines than enough in local
        // queues or the global one. If there are not, it parks itself. If there are very
        // many, resetspinning unparks more.
        wakep();

        releasem(mp);

        return startTime;
    }

    // PORT(stack): usesLibcall and mStackIsSystemAllocated; the CLR's threads bring stacks.

    // mstart, the entry point of new Ms, is in asm.cs and calls mstart0.

    // mstart0 is the entry point of new Ms after mstart.
    //
    // It may run while the world is stopped, because it has no P yet.
    internal static void mstart0()
    {
        // PORT(stack): the stack bounds of g0 and its stack guards.
        mstart1();

        // End this thread.
        // PORT(stack): the stack is always the CLR's, so osStack is true.
        mexit(true);
    }

    internal static unsafe void mstart1()
    {
        var gp = getg();

        if (gp != gp->m->g0)
        {
            @throw("bad runtime·mstart");
        }

        // m.g0.sched is the label behind the call of mstart1 in mstart0: goexit0 ends the
        // thread by a gogo to it, which makes mloop return.
        gp->sched.g = (guintptr)gp;
        // PORT(gobuf): no pc and sp.

        minit();

        // Install the signal handlers; behind minit, so that minit can prepare the thread for
        // them.
        if (gp->m == m0)
        {
            mstartm0();
        }

        var fn = gp->m->mstartfn;
        if (fn != null)
        {
            fn();
        }

        if (gp->m != m0)
        {
            acquirep(gp->m->nextp.ptr());
            gp->m->nextp = 0;
        }
        schedule();
        // PORT(mcall): schedule returns, and the M's loop runs what it chose.
        mloop();
    }

    // mstartm0 is the part of mstart1 that runs on m0 alone.
    internal static unsafe void mstartm0()
    {
        // An extra M for threads that Go did not make.
        newextram(); // PORT(foreign): there can always be such threads here.
        initsig(false);
    }

    // mPark makes a thread park itself and returns when it is woken.
    internal static unsafe void mPark()
    {
        var gp = getg();
        notesleep(&gp->m->park);
        noteclear(&gp->m->park);
    }

    // mexit tears down the current thread and ends it.
    //
    // Do not call it to end the thread: it has to run at the top of the thread's stack.
    // gogo(&gp.m.g0.sched) unwinds to where the thread ends.
    //
    // It is entered with a P, which it releases.
    internal static unsafe void mexit(bool osStack)
    {
        var mp = getg()->m;

        if (mp == m0)
        {
            // The main thread. Just wedge it.
            //
            // On Linux a process whose main thread has exited turns into a zombie that
            // cannot be waited for; other systems have other troubles.
            //
            // More of this M could be cleaned up before, but that makes signal handling
            // harder.
            handoffp(releasep());
            @lock(&sched->@lock);
            sched->nmfreed++;
            checkdead();
            unlock(&sched->@lock);
            mPark();
            @throw("locked m0 woke up");
        }

        // PORT(signal): sigblock.
        unminit();

        // PORT(signal): the stack of gsignal.

        // Take m off allm.
        @lock(&sched->@lock);
        fixed (m** head = &allm)
        {
            for (var pprev = head; *pprev != null; pprev = &(*pprev)->alllink)
            {
                if (*pprev == mp)
                {
                    *pprev = mp->alllink;
                    goto found;
                }
            }
        }
        @throw("m not found in allm");
    found:
        // The m must not be reused before it is through.
        //
        // It goes to the list of the freed now, but nobody reaps it while freeWait is
        // freeMWait. allm does not lead to it any more.
        //
        // That list must not be linked through alllink: some walk allm without a lock and
        // may be using alllink.
        mp->freeWait.Store(freeMWait);
        mp->freelink = sched->freem;
        sched->freem = mp;
        unlock(&sched->@lock);

        // PORT(cgo): ncgocall.

        // Release the P.
        handoffp(releasep());

        // Look for a deadlock. This comes after handoffp, which may have started a new M
        // for the work of our P.
        @lock(&sched->@lock);
        sched->nmfreed++;
        checkdead();
        unlock(&sched->@lock);

        // PORT(signal): mdestroy and signalPending do nothing on Linux.

        if (osStack)
        {
            // mp is not used any more: it may be reused.
            mp->freeWait.Store(freeMRef);

            // Return from mstart, and the CLR ends the thread.
            return;
        }

        // PORT(stack): exitThread is for threads whose stack is the runtime's.
    }

    // forEachP calls fn(p) for each P when that is at a safe point.
    // A P that executes code is brought to a safe point and runs fn there. For a P that does
    // not (it is idle or in a system call) fn is called from here, while the P is kept from
    // leaving its state. fn need not run on every CPU that executes Go code, but all in all
    // this is a global memory barrier, and the collector uses it as a ragged barrier.
    //
    // The caller must hold worldsema and be on g0.
    internal static unsafe void forEachP(delegate*<p*, void> fn)
    {
        var mp = acquirem();
        var pp = getg()->m->p.ptr();

        @lock(&sched->@lock);
        if (sched->safePointWait != 0)
        {
            @throw("forEachP: sched.safePointWait != 0");
        }
        sched->safePointWait = gomaxprocs - 1;
        sched->safePointFn = fn;

        // Ask all Ps to run the function.
        foreach (var p2 in allp)
        {
            if (p2 != pp)
            {
                atomic.Store(ref p2->runSafePointFn, 1);
            }
        }
        preemptall();

        // A P that goes to _Pidle or _Psyscall from now on sees p.runSafePointFn == 1 and
        // calls runSafePointFn when it changes its status.

        // Run the function for all idle Ps. sched.pidle cannot change, we hold sched.lock.
        for (var p = sched->pidle.ptr(); p != null; p = p->link.ptr())
        {
            if (atomic.Cas(ref p->runSafePointFn, 1, 0))
            {
                fn(p);
                sched->safePointWait--;
            }
        }

        var wait = sched->safePointWait > 0;
        unlock(&sched->@lock);

        // Run fn for the current P.
        fn(pp);

        // Force Ps in _Psyscall into _Pidle and hand them off, so that they run the function.
        foreach (var p2 in allp)
        {
            var s = p2->status;
            if (s == _Psyscall && p2->runSafePointFn == 1 && atomic.Cas(ref p2->status, s, _Pidle))
            {
                // PORT(trace): traceGoSysBlock, traceProcStop.
                p2->syscalltick++;
                handoffp(p2);
            }
        }

        // Wait for the remaining Ps to run fn.
        if (wait)
        {
            for (; ; )
            {
                // Wait 100us, then ask for preemption again in case of a race.
                //
                // Needs g0.
                if (notetsleep(&sched->safePointNote, 100 * 1000))
                {
                    noteclear(&sched->safePointNote);
                    break;
                }
                preemptall();
            }
        }
        if (sched->safePointWait != 0)
        {
            @throw("forEachP: not done");
        }
        foreach (var p2 in allp)
        {
            if (p2->runSafePointFn != 0)
            {
                @throw("forEachP: P did not run fn");
            }
        }

        @lock(&sched->@lock);
        sched->safePointFn = null;
        unlock(&sched->@lock);
        releasem(mp);
    }

    // runSafePointFn runs the safe point function, if there is one, for this P.
    // It is to be called like this:
    //
    //	if getg().m.p.runSafePointFn != 0 {
    //	    runSafePointFn()
    //	}
    //
    // The check belongs to every transition to _Pidle or _Psyscall. Without it forEachP may
    // see that the P runs just before it goes there, and then neither forEachP nor the P
    // runs the function.
    internal static unsafe void runSafePointFn()
    {
        var p = getg()->m->p.ptr();
        // Either forEachP runs the function for this P or this P does: decide the race.
        if (!atomic.Cas(ref p->runSafePointFn, 1, 0))
        {
            return;
        }
        sched->safePointFn(p);
        @lock(&sched->@lock);
        sched->safePointWait--;
        if (sched->safePointWait == 0)
        {
            notewakeup(&sched->safePointNote);
        }
        unlock(&sched->@lock);
    }

    // PORT(cgo): cgoThreadStart and cgothreadstart.

    // PORT(mfree): ms that ended and were reaped, linked by m.freelink. Needs sched.lock.
    internal static unsafe m* mfree;

    // allocm allocates an m that has no thread yet.
    // It may use pp as the context of the allocation.
    // fn becomes the m's mstartfn.
    // id is an id that was reserved before, or -1.
    internal static unsafe m* allocm(p* pp, delegate*<void> fn, int64 id)
    {
        allocmLock->rlock();

        // The caller owns pp and we may borrow it by acquirep. Preemption has to be off, or
        // it could be stolen meanwhile and the caller would lose it.
        acquirem();

        var gp = getg();
        // PORT(foreign): pp may be null when an extra M allocates.
        if (gp->m->p == 0 && pp != null)
        {
            acquirep(pp); // borrow p for the allocations of this function
        }

        // Reap the list of freed Ms. It has to happen somewhere, and it may give us one
        // to reuse.
        m* mp = null;
        // PORT(mfree): Go drops the reference and the collector frees the m. Here the m goes
        // to mfree, its g0 with it, and is used again.
        if (sched->freem != null || mfree != null)
        {
            @lock(&sched->@lock);
            m* newList = null;
            for (var freem = sched->freem; freem != null;)
            {
                var wait = freem->freeWait.Load();
                var next = freem->freelink; // PORT(mfree): needed below too
                if (wait == freeMWait)
                {
                    freem->freelink = newList; // PORT(mfree): next
                    newList = freem;
                    freem = next;
                    continue;
                }
                // PORT(stack): freeMStack; the stack is the CLR's. PORT(mfree)
                freem->freelink = mfree;
                mfree = freem;
                freem = next;
            }
            sched->freem = newList;
            // PORT(mfree): the m to reuse.
            mp = mfree;
            if (mp != null)
            {
                mfree = mp->freelink;
            }
            unlock(&sched->@lock);
        }

        // PORT(mfree): new(m), or the one to reuse, whose g0 comes with it.
        g* gp0;
        if (mp != null)
        {
            gp0 = mp->g0;
            *mp = default;
            *gp0 = default;
        }
        else
        {
            // PORT(mfree)
            mp = @new<m>();
            // The CLR makes the stack of the thread.
            gp0 = malg(-1);
        }
        mp->mstartfn = fn; // PORT(mfree)
        mcommoninit(mp, id);

        mp->g0 = gp0; // PORT(mfree)
        mp->g0->m = mp;

        // PORT(foreign): pp may be null, and so may be the P of an extra M.
        if (pp != null && pp == gp->m->p.ptr())
        {
            releasep();
        }

        releasem(gp->m);
        allocmLock->runlock();
        return mp;
    }

    // needm is for a thread that has no m because the scheduler did not make it: a thread of
    // the CLR's pool that completes what a goroutine waits for, or one that starts a
    // goroutine. It finds an m for the thread and returns with m and g set.
    //
    // There is a stack of ms for that. Popping with a plain CAS would have ABA races, so an
    // exchange takes the head and leaves a mark there (locked, which is 1). That is a spin
    // lock that works without an m; storing a head unlocks it.
    //
    // So that there is always an m to take, there is always one more than needed. The list
    // starts with one (mstart1). A needm that finds it took the last one has to make a spare
    // one as soon as it has an m to run on.
    //
    // PORT(foreign): in Go the m has a goroutine too, gets a P in exitsyscall and runs Go
    // code. Here it has a g0 and no P, and serves to hold locks while the thread makes
    // goroutines runnable; it never runs one.
    //
    // When the thread is through it calls dropm, which puts the m back.
    internal static unsafe void needm()
    {
        // PORT(foreign): no check for a call before the start. The list is empty then, and
        // lockextra waits for mstart1.

        // PORT(signal): blocking signals meanwhile.

        // Lock the list, take its head, unlock the rest.
        // nilokay=false is right, because the list has an m or will soon have one, see above.
        var mp = lockextra(false);

        // Did we just empty the list?
        var needextram = mp->schedlink == 0;
        extraMCount--;
        unlockextra(mp->schedlink.ptr());

        // Set g (= m.g0).
        // PORT(stack): the stack bounds.
        setg(mp->g0);

        // Make the thread use the m.
        minit();

        // PORT(foreign): on the list the m counts as a system m. From here to dropm it counts
        // as running, as long as it may make a goroutine runnable: otherwise an M that parks
        // at this time could find that goroutine in checkdead.
        @lock(&sched->@lock);
        sched->nmsys--;
        // As exitsyscall does when a thread of cgo's comes in: there will be something to watch.
        if (sched->sysmonwait.Load())
        {
            sched->sysmonwait.Store(false);
            notewakeup(&sched->sysmonnote);
        }
        unlock(&sched->@lock);

        if (needextram)
        {
            newextram();
        }
    }

    // newextram allocates ms and puts them on the extra list.
    // It needs an m, because it takes locks and allocates.
    internal static unsafe void newextram()
    {
        var c = extraMWaiters.Swap(0);
        if (c > 0)
        {
            for (uint32 i = 0; i < c; i++)
            {
                oneNewExtraM();
            }
        }
        else
        {
            // Make sure that there is at least one extra M.
            var mp = lockextra(true);
            unlockextra(mp);
            if (mp == null)
            {
                oneNewExtraM();
            }
        }
    }

    // oneNewExtraM allocates an m and puts it on the extra list.
    internal static unsafe void oneNewExtraM()
    {
        // PORT(foreign): the m has no goroutine. Its id is reserved together with counting it
        // as a system m, so checkdead never sees it as running.
        @lock(&sched->@lock);
        var id = mReserveID();
        sched->nmsys++;
        unlock(&sched->@lock);
        var mp = allocm(null, null, id);
        mp->isextra = true;
        // PORT(foreign): no goroutine comes with the m. PORT(race) PORT(trace): so there is
        // nothing to record about one.

        // Put the m on the extra list.
        var mnext = lockextra(true);
        mp->schedlink.set(mnext);
        extraMCount++;
        unlockextra(mp);
    }

    // dropm is called by a thread that called needm and does not need the m any more.
    // It puts the m back on the extra list.
    //
    // The m is not kept for the next time, because there may be none: the thread is not ours
    // and may end, and the m would be lost with it.
    internal static unsafe void dropm()
    {
        // Clear m and g and put m on the extra list.
        // After setg nothing may be called that needs an m.
        var mp = getg()->m;

        // PORT(foreign): counts as a system m again, see needm.
        @lock(&sched->@lock);
        sched->nmsys++;
        checkdead();
        unlock(&sched->@lock);

        // PORT(signal): blocking signals meanwhile.
        unminit();

        var mnext = lockextra(true);
        extraMCount++;
        mp->schedlink.set(mnext);

        setg(null);

        // From here on the m is free for others.
        unlockextra(mp);

        // PORT(signal): msigrestore.
    }

    // getm: a helper of EnsureDropM.
    internal static unsafe uintptr getm()
    {
        return (uintptr)getg()->m;
    }

    internal static atomic.Uintptr extram;
    internal static uint32 extraMCount; // Protected by lockextra
    internal static atomic.Uint32 extraMWaiters;

    // lockextra locks the extra list and returns its head.
    // The caller must unlock the list by storing a head in extram. With nilokay the head may
    // be null; without it lockextra waits until it is not.
    internal static unsafe m* lockextra(bool nilokay)
    {
        const uintptr locked = 1;

        var incr = false;
        for (; ; )
        {
            var old = extram.Load();
            if (old == locked)
            {
                osyield_no_g();
                continue;
            }
            if (old == 0 && !nilokay)
            {
                if (!incr)
                {
                    // One more thread waits for an M.
                    // newextram sets this back.
                    extraMWaiters.Add(1);
                    incr = true;
                }
                usleep_no_g(1);
                continue;
            }
            if (extram.CompareAndSwap(old, locked))
            {
                return (m*)old;
            }
            osyield_no_g();
            continue;
        }
    }

    internal static unsafe void unlockextra(m* mp)
    {
        extram.Store((uintptr)mp);
    }

    // allocmLock is held for reading while allocm makes an M and adds it to allm. Holding it
    // for writing keeps new Ms from being made.
    internal static readonly unsafe rwmutex* allocmLock = @new<rwmutex>();

    // execLock keeps exec and clone apart: exec during the creation or the end of a thread
    // behaves badly or is unspecified. See issue 19546.
    internal static readonly unsafe rwmutex* execLock = @new<rwmutex>();

    // newosproc reports these errors.
    internal const string failthreadcreate = "runtime: failed to create new OS thread\n";
    internal const string failallocatestack = "runtime: failed to allocate stack for the new OS thread\n";

    // PORT(template): newmHandoff, the list of ms whose thread the template thread makes.

    // newm makes a new m. It starts with a call of fn, if there is one, then schedules.
    // fn is a static function.
    // It may run without a P.
    //
    // id is an id that was reserved before, or -1.
    internal static unsafe void newm(delegate*<void> fn, p* pp, int64 id)
    {
        // allocm adds the M to allm, but it starts only when newm1 makes its thread.
        //
        // Whatever is on allm must start eventually, even while the world is stopped. So
        // there must be no preemption between allocm and the start of the thread.
        acquirem();

        var mp = allocm(pp, fn, id);
        mp->nextp.set(pp);
        // PORT(signal): mp.sigmask.
        // PORT(template): on a locked M Go has the template thread start the new thread, so
        // that the kernel state of this one is not cloned. Here it is cloned.
        newm1(mp);
        releasem(getg()->m);
    }

    internal static unsafe void newm1(m* mp)
    {
        // PORT(cgo): _cgo_thread_start, in the branch for cgo.
        execLock->rlock(); // No exec while the thread is made.
        newosproc(mp);
        execLock->runlock();
    }

    // PORT(template): startTemplateThread and templateThread.

    // stopm stops the current m until there is new work.
    // It returns with a P.
    internal static unsafe void stopm()
    {
        var gp = getg();

        if (gp->m->locks != 0)
        {
            @throw("stopm holding locks");
        }
        if (gp->m->p != 0)
        {
            @throw("stopm holding p");
        }
        if (gp->m->spinning)
        {
            @throw("stopm spinning");
        }

        @lock(&sched->@lock);
        mput(gp->m);
        unlock(&sched->@lock);
        mPark();
        acquirep(gp->m->nextp.ptr());
        gp->m->nextp = 0;
    }

    internal static unsafe void mspinning()
    {
        // The caller of startm counted up nmspinning. Set the new M's spinning.
        getg()->m->spinning = true;
    }

    // startm has some M run pp, and makes an M if needed.
    // Without pp it tries to get an idle P and does nothing if there is none.
    // It may run without a P.
    // With spinning the caller has counted up nmspinning and must provide a P; startm sets
    // m.spinning of the M it starts.
    //
    // A caller that passes a P must not be preemptible, see acquirem below.
    internal static unsafe void startm(p* pp, bool spinning)
    {
        // No preemption.
        //
        // Each P that is owned must have an owner that stops it in the end when the world is
        // to be stopped. startm owns a P for a while (its argument or from pidleget) and
        // then passes it to the M it starts, which is responsible from then on.
        //
        // Preempted in between, the P on which this runs might be stopped while the other P
        // is still held here: nobody would stop that one, and stopTheWorld would wait for
        // ever.
        //
        // A caller that passes a P cannot be preempted already, or it could have happened at
        // the entry of startm. Others may be, so it has to be disabled before pidleget.
        var mp = acquirem();
        @lock(&sched->@lock);
        if (pp == null)
        {
            if (spinning)
            {
                @throw("startm: P required for spinning=true");
            }
            pp = pidleget(0, out _);
            if (pp == null)
            {
                unlock(&sched->@lock);
                releasem(mp);
                return;
            }
        }
        var nmp = mget();
        if (nmp == null)
        {
            // No M is there: sched.lock must be released for newm. But we own a P already
            // that is meant for the M.
            //
            // Once sched.lock is released another G (in a system call, say) may find no
            // idle P while checkdead finds a runnable G and no running M, because the new
            // one has not started, and take that for a deadlock.
            //
            // So the id of the new M is reserved before the lock is released, by which it
            // counts as running. It will run the scheduler and so whatever G is queued.
            var id = mReserveID();
            unlock(&sched->@lock);

            delegate*<void> fn = null;
            if (spinning)
            {
                // The caller counted up nmspinning, so set m.spinning of the new M.
                fn = &mspinning;
            }
            newm(fn, pp, id);
            // newm has passed pp on. Preemption does no harm now.
            releasem(mp);
            return;
        }
        unlock(&sched->@lock);
        if (nmp->spinning)
        {
            @throw("startm: m is spinning");
        }
        if (nmp->nextp != 0)
        {
            @throw("startm: m has p");
        }
        if (spinning && !runqempty(pp))
        {
            @throw("startm: p has runnable gs");
        }
        // The caller counted up nmspinning, so set m.spinning of the M.
        nmp->spinning = spinning;
        nmp->nextp.set(pp);
        notewakeup(&nmp->park);
        // The wake-up has passed pp on. Preemption does no harm now.
        releasem(mp);
    }

    // handoffp hands off the P of a system call or of a locked M.
    // It always runs without a P.
    internal static unsafe void handoffp(p* pp)
    {
        // Wherever findRunnable would return a G for pp, handoffp must start an M.

        // with local work, start it at once
        if (!runqempty(pp) || sched->runqsize != 0)
        {
            startm(pp, false);
            return;
        }
        // PORT(trace): with work for the trace reader, start it at once.
        // with work of the collector, start it at once
        if (gcBlackenEnabled != 0 && gcMarkWorkAvailable(pp))
        {
            startm(pp, false);
            return;
        }
        // no local work: see whether there are spinning or idle Ms, in which case our help
        // is not needed
        if (sched->nmspinning.Load() + sched->npidle.Load() == 0 && sched->nmspinning.CompareAndSwap(0, 1))
        {
            sched->needspinning.Store(0);
            startm(pp, true);
            return;
        }
        @lock(&sched->@lock);
        if (sched->gcwaiting.Load())
        {
            pp->status = _Pgcstop;
            sched->stopwait--;
            if (sched->stopwait == 0)
            {
                notewakeup(&sched->stopnote);
            }
            unlock(&sched->@lock);
            return;
        }
        if (pp->runSafePointFn != 0 && atomic.Cas(ref pp->runSafePointFn, 1, 0))
        {
            sched->safePointFn(pp);
            sched->safePointWait--;
            if (sched->safePointWait == 0)
            {
                notewakeup(&sched->safePointNote);
            }
        }
        if (sched->runqsize != 0)
        {
            unlock(&sched->@lock);
            startm(pp, false);
            return;
        }
        // If this is the last running P and nobody polls the network, another M has to be
        // woken to poll it.
        if (sched->npidle.Load() == gomaxprocs - 1 && sched->lastpoll.Load() != 0)
        {
            unlock(&sched->@lock);
            startm(pp, false);
            return;
        }

        // sched.lock must not be held for wakeNetPoller below: it may call wakep, and that
        // may call startm.
        var when = nobarrierWakeTime(pp);
        pidleput(pp, 0);
        unlock(&sched->@lock);

        if (when != 0)
        {
            wakeNetPoller(when);
        }
    }

    // wakep tries to have one more P execute Gs.
    // It is called when a G gets runnable (newproc, ready).
    // The caller must have a P.
    internal static unsafe void wakep()
    {
        // Be sparing with spinning threads: start one only if there is none.
        if (sched->nmspinning.Load() != 0 || !sched->nmspinning.CompareAndSwap(0, 1))
        {
            return;
        }

        // No preemption until startm has passed pp to the next M. Otherwise pp could get
        // stuck here on its way to _Pgcstop.
        //
        // See the comment on preemption at acquirem in startm.
        var mp = acquirem();

        p* pp;
        @lock(&sched->@lock);
        pp = pidlegetSpinning(0, out _);
        if (pp == null)
        {
            if (sched->nmspinning.Add(-1) < 0)
            {
                @throw("wakep: negative nmspinning");
            }
            unlock(&sched->@lock);
            releasem(mp);
            return;
        }
        // We always have a P, so the race in the comment "No M is there" of startm cannot
        // happen between this unlock and the lock in startm: a checkdead there sees at
        // least one running M, ours.
        unlock(&sched->@lock);

        startm(pp, true);

        releasem(mp);
    }

    // stoplockedm stops the current m, which is locked to a g, until that g is runnable again.
    // It returns with a P.
    internal static unsafe void stoplockedm()
    {
        var gp = getg();

        if (gp->m->lockedg == 0 || gp->m->lockedg.ptr()->lockedm.ptr() != gp->m)
        {
            @throw("stoplockedm: inconsistent locking");
        }
        if (gp->m->p != 0)
        {
            // Have another M run this p.
            var pp = releasep();
            handoffp(pp);
        }
        incidlelocked(1);
        // Wait until another thread schedules lockedg.
        mPark();
        var status = readgstatus(gp->m->lockedg.ptr());
        if ((status & ~_Gscan) != _Grunnable)
        {
            print("runtime:stoplockedm: lockedg (atomicstatus=", status, ") is not Grunnable or Gscanrunnable\n");
            dumpgstatus(gp->m->lockedg.ptr());
            @throw("stoplockedm: not runnable");
        }
        acquirep(gp->m->nextp.ptr());
        gp->m->nextp = 0;
    }

    // startlockedm has the locked m run the locked gp.
    // It may run while the world is stopped.
    internal static unsafe void startlockedm(g* gp)
    {
        var mp = gp->lockedm.ptr();
        if (mp == getg()->m)
        {
            @throw("startlockedm: locked to me");
        }
        if (mp->nextp != 0)
        {
            @throw("startlockedm: m has p");
        }
        // hand our P directly to the locked m
        incidlelocked(-1);
        var pp = releasep();
        mp->nextp.set(pp);
        notewakeup(&mp->park);
        stopm();
    }

    // gcstopm stops the current m for stopTheWorld.
    // It returns when the world is started again.
    internal static unsafe void gcstopm()
    {
        var gp = getg();

        if (!sched->gcwaiting.Load())
        {
            @throw("gcstopm: not waiting for gc");
        }
        if (gp->m->spinning)
        {
            gp->m->spinning = false;
            // Just dropping nmspinning is right here: startTheWorld unparks threads as
            // needed.
            if (sched->nmspinning.Add(-1) < 0)
            {
                @throw("gcstopm: negative nmspinning");
            }
        }
        var pp = releasep();
        @lock(&sched->@lock);
        pp->status = _Pgcstop;
        sched->stopwait--;
        if (sched->stopwait == 0)
        {
            notewakeup(&sched->stopnote);
        }
        unlock(&sched->@lock);
        stopm();
    }

    // Runs gp on the current M. With inheritTime gp gets what is left of the current time
    // slice, otherwise a new one begins.
    // Records gp for the M's loop; the caller must return at once.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe void execute(g* gp, bool inheritTime)
    {
        var mp = getg()->m;

        // PORT(prof): no goroutine profile has to be written before gp runs.

        // gp.m comes before _Grunning: a running G always has an M.
        mp->curg = gp;
        gp->m = mp;
        casgstatus(gp, _Grunnable, _Grunning);
        gp->waitsince = 0;
        gp->preempt = false;
        gp->stackguard0 = 0;
        if (!inheritTime)
        {
            mp->p.ptr()->schedtick++;
            mp->p.ptr()->runnextends = false; // PORT(preemptpark)
        }

        // PORT(prof): no profiler to switch on or off for this thread.
        // PORT(trace): no GoSysExit and GoStart events.

        gogo(&gp->sched);
    }

    // Finds a runnable goroutine to execute: from the local or the global queue, from other
    // Ps, from the network poller. Blocks until there is one.
    // tryWakeP says that the goroutine is a special one (GC worker, trace reader), so the
    // caller should try to wake a P for the ordinary ones.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe g* findRunnable(out bool inheritTime, out bool tryWakeP)
    {
        var mp = getg()->m;
        inheritTime = false;
        tryWakeP = false;

        // What is looked at here and in handoffp must agree: when findRunnable would return
        // a G, handoffp must start an M.

    top:
        var pp = mp->p.ptr();
        if (sched->gcwaiting.Load())
        {
            gcstopm();
            goto top;
        }
        if (pp->runSafePointFn != 0)
        {
            runSafePointFn();
        }

        // now and pollUntil are kept for the work stealing below, which may steal timers.
        // Nothing may block between here and there, so that they stay about right.
        var (now, pollUntil, _) = checkTimers(pp, 0);

        // PORT(trace): no trace reader to schedule.
        g* gp;
        // PORT(trace)

        // Try to schedule a worker of the collector.
        if (gcBlackenEnabled != 0)
        {
            // PORT(tuple): a tuple holds no pointer.
            var (worker, tnow) = gcController.findRunnableGCWorker(pp, now);
            gp = worker;
            if (gp != null)
            {
                tryWakeP = true;
                return gp;
            }
            now = tnow;
        }

        // For fairness look at the global queue now and then: otherwise two goroutines that
        // make each other runnable could hold the local queue for themselves for ever.
        if (pp->schedtick % 61 == 0 && sched->runqsize > 0)
        {
            @lock(&sched->@lock);
            gp = globrunqget(pp, 1);
            unlock(&sched->@lock);
            if (gp != null)
            {
                return gp;
            }
        }

        // Wake the finalizer goroutine.
        if ((fingStatus.Load() & (fingWait | fingWake)) == (fingWait | fingWake))
        {
            gp = wakefing();
            if (gp != null)
            {
                ready(gp, 0, true);
            }
        }
        // PORT(cgo): no cgo_yield.

        // PORT(preemptpark): see runnextend. The timers may have made a goroutine ready.
        if (pp->runnextends)
        {
            runnextend(pp);
        }

        // local runq
        gp = runqget(pp, out inheritTime);
        if (gp != null)
        {
            return gp;
        }

        // global runq
        if (sched->runqsize != 0)
        {
            @lock(&sched->@lock);
            gp = globrunqget(pp, 0);
            unlock(&sched->@lock);
            if (gp != null)
            {
                return gp;
            }
        }

        // Poll network.
        // Only an optimisation before stealing, which may be skipped when there are no
        // waiters or when a thread is blocked in netpoll already. Should there be a race
        // with that thread (it has returned from netpoll and not yet set lastpoll, say), this
        // thread does a blocking netpoll below anyway.
        if (netpollinited() && netpollWaiters.Load() > 0 && sched->lastpoll.Load() != 0)
        {
            var list = netpoll(0);
            if (!list.empty()) // non-blocking
            {
                gp = list.pop();
                injectglist(&list);
                casgstatus(gp, _Gwaiting, _Grunnable);
                // PORT(trace): traceGoUnpark
                return gp;
            }
        }

        // Ms that spin try to take work away from other Ps.
        //
        // At most half as many Ms spin as Ps are busy; otherwise a program with little
        // parallelism would burn CPU when GOMAXPROCS is large.
        if (mp->spinning || 2 * sched->nmspinning.Load() < gomaxprocs - sched->npidle.Load())
        {
            if (!mp->spinning)
            {
                mp->becomeSpinning();
            }

            gp = stealWork(now, out inheritTime, out var tnow, out var w, out var newWork);
            if (gp != null)
            {
                // Stolen.
                return gp;
            }
            if (newWork)
            {
                // There may be new timers or GC work: start again to find out.
                goto top;
            }

            now = tnow;
            if (w != 0 && (pollUntil == 0 || w < pollUntil))
            {
                // A timer that is due earlier.
                pollUntil = w;
            }
        }

        // Nothing to do.
        //
        // In the mark phase, with work to do: mark in idle time instead of giving up the P.
        if (gcBlackenEnabled != 0 && gcMarkWorkAvailable(pp) && gcController.addIdleMarkWorker())
        {
            var node = (gcBgMarkWorkerNode*)gcBgMarkWorkerPool.pop();
            if (node != null)
            {
                pp->gcMarkWorkerMode = gcMarkWorkerIdleMode;
                gp = node->gp.ptr();
                casgstatus(gp, _Gwaiting, _Grunnable);
                // PORT(trace): traceGoUnpark
                return gp;
            }
            gcController.removeIdleMarkWorker();
        }

        // Wasm only: when a callback has returned and no other goroutine is awake, wake the
        // goroutine that handles events, which waits for the next callback.
        var (idleg, otherReady) = beforeIdle(now, pollUntil);
        gp = idleg; // PORT(generic)
        if (gp != null)
        {
            casgstatus(gp, _Gwaiting, _Grunnable);
            // PORT(trace): traceGoUnpark
            return gp;
        }
        if (otherReady)
        {
            goto top;
        }

        // Take a snapshot of allp while there still is a P: without one, nothing holds a
        // change of allp back. The contents need no snapshot, they do not change.
        var allpSnapshot = allp;
        // The masks too. Their values may change, their length must not change under us.
        var idlepMaskSnapshot = idlepMask;
        var timerpMaskSnapshot = timerpMask;

        // give the P up and block
        @lock(&sched->@lock);
        if (sched->gcwaiting.Load() || pp->runSafePointFn != 0)
        {
            unlock(&sched->@lock);
            goto top;
        }
        if (sched->runqsize != 0)
        {
            gp = globrunqget(pp, 0);
            unlock(&sched->@lock);
            return gp;
        }
        if (!mp->spinning && sched->needspinning.Load() == 1)
        {
            // See the delicate dance below.
            mp->becomeSpinning();
            unlock(&sched->@lock);
            goto top;
        }
        if (releasep() != pp)
        {
            @throw("findrunnable: wrong p");
        }
        now = pidleput(pp, now);
        unlock(&sched->@lock);

        // Delicate dance: this thread stops spinning, perhaps while somebody submits new
        // work. nmspinning must be decremented first, and all sources looked at again after
        // it, with a StoreLoad barrier in between. The other way round somebody could submit
        // work after the sources were looked at and before the decrement, see a spinning
        // thread and wake nobody: the work would be left lying.
        //
        // The sources that this is about:
        //
        // * goroutines put on a P's run queue;
        // * timers added to a P's heap or modified to an earlier time;
        // * idle-priority GC work (except for golang.org/issue/19112).
        //
        // When new work turns up below, m.spinning must be restored, so that resetspinning
        // wakes another thread: more than one goroutine may be starving.
        //
        // But if new work was found and no P is idle (seen here or in resetspinning) there
        // is a problem: this may race with a non-spinning M in the block above that has
        // found nothing and is about to release its P and to park. If that P went idle, work
        // would wait beside an idle P; and if by bad luck the work was found (by netpoll)
        // just as all other Ps went idle, everything would stand still.
        //
        // sched.needspinning synchronises with the non-spinning Ms that go idle: an M that
        // sees it set when it is about to drop its P keeps the P and starts to spin in our
        // place. If there was no such race and all Ps are really busy, no spinning thread is
        // needed, and the next thread that starts to spin clears the flag.
        //
        // See also the text on parking and unparking threads at the top of the file.
        var wasSpinning = mp->spinning;
        if (mp->spinning)
        {
            mp->spinning = false;
            if (sched->nmspinning.Add(-1) < 0)
            {
                @throw("findrunnable: negative nmspinning");
            }

            // Only the last M that stops spinning would have to look again for no work to be
            // missed. But in places the runtime increments nmspinning for a moment and
            // decrements it without coming through here, so every spinning M looks again.
            //
            // See https://go.dev/issue/43997.

            // Look at all run queues a second time.
            pp = checkRunqsNoP(allpSnapshot, idlepMaskSnapshot);
            if (pp != null)
            {
                acquirep(pp);
                mp->becomeSpinning();
                goto top;
            }

            // Look for idle-priority GC work a second time.
            pp = checkIdleGCNoP(out gp);
            if (pp != null)
            {
                acquirep(pp);
                mp->becomeSpinning();

                // Run the idle worker.
                pp->gcMarkWorkerMode = gcMarkWorkerIdleMode;
                casgstatus(gp, _Gwaiting, _Grunnable);
                // PORT(trace): traceGoUnpark
                return gp;
            }

            // At last look for timers that were added or came due while this thread stopped
            // spinning.
            //
            // checkTimers cannot be used here: it calls adjusttimers, which may need to
            // allocate, and without a P nobody may allocate.
            pollUntil = checkTimersNoP(allpSnapshot, timerpMaskSnapshot, pollUntil);
        }

        // Wait in the network poller up to the next timer.
        if (netpollinited() && (netpollWaiters.Load() > 0 || pollUntil != 0) && sched->lastpoll.Swap(0) != 0)
        {
            sched->pollUntil.Store(pollUntil);
            if (mp->p != 0)
            {
                @throw("findrunnable: netpoll with p");
            }
            if (mp->spinning)
            {
                @throw("findrunnable: netpoll with spinning");
            }
            // Refresh now.
            now = nanotime();
            int64 delay = -1;
            if (pollUntil != 0)
            {
                delay = pollUntil - now;
                if (delay < 0)
                {
                    delay = 0;
                }
            }
            // PORT(faketime): no polling without delay under fake time.
            var list = netpoll(delay); // blocks till there is something to do
            sched->pollUntil.Store(0);
            sched->lastpoll.Store(now);
            // PORT(faketime): no stop of the M when fake time is on and nothing is ready.
            @lock(&sched->@lock);
            pp = pidleget(now, out _);
            unlock(&sched->@lock);
            if (pp == null)
            {
                injectglist(&list);
            }
            else
            {
                acquirep(pp);
                if (!list.empty())
                {
                    gp = list.pop();
                    injectglist(&list);
                    casgstatus(gp, _Gwaiting, _Grunnable);
                    // PORT(trace): traceGoUnpark
                    return gp;
                }
                if (wasSpinning)
                {
                    mp->becomeSpinning();
                }
                goto top;
            }
        }
        else if (pollUntil != 0 && netpollinited())
        {
            var pollerPollUntil = sched->pollUntil.Load();
            if (pollerPollUntil == 0 || pollerPollUntil > pollUntil)
            {
                netpollBreak();
            }
        }
        stopm();
        goto top;
    }

    // pollWork reports whether there is other than background work that this P could do. It
    // is a cheap test for loops that do background work, such as idle GC, and looks at
    // a part of what the scheduler looks at.
    internal static unsafe bool pollWork()
    {
        if (sched->runqsize != 0)
        {
            return true;
        }
        var pp = getg()->m->p.ptr();
        if (!runqempty(pp))
        {
            return true;
        }
        if (netpollinited() && netpollWaiters.Load() > 0 && sched->lastpoll.Load() != 0)
        {
            var list = netpoll(0);
            if (!list.empty())
            {
                injectglist(&list);
                return true;
            }
        }
        return false;
    }

    // stealWork tries to steal a runnable goroutine or a timer from any P.
    //
    // newWork: new work may have become ready.
    //
    // now is the current time or 0. rnow is now, or the current time if now was 0.
    internal static unsafe g* stealWork(int64 now, out bool inheritTime, out int64 rnow, out int64 pollUntil, out bool newWork)
    {
        var pp = getg()->m->p.ptr();
        inheritTime = false;
        pollUntil = 0;

        var ranTimer = false;

        const int stealTries = 4;
        for (int i = 0; i < stealTries; i++)
        {
            var stealTimersOrRunNextG = i == stealTries - 1;

            for (var @enum = stealOrder.start(fastrand()); !@enum.done(); @enum.next())
            {
                g* gp;
                if (sched->gcwaiting.Load())
                {
                    // There may be GC work.
                    rnow = now;
                    newWork = true;
                    return null;
                }
                var p2 = allp[@enum.position()];
                if (pp == p2)
                {
                    continue;
                }

                // Steal timers from p2. This is the only place where checkTimers may hold
                // the lock of another P's timers. It is done once, in the last pass, and
                // before runnext is looked at: another P's runnext is the last thing to
                // steal, so timers that can be stolen come first.
                //
                // One pass is enough: now does not change in this loop, and to look at a P's
                // timers again with the same now would most likely be a waste of time.
                //
                // timerpMask tells whether the P may have timers at all; if it cannot, there
                // is nothing to look at.
                if (stealTimersOrRunNextG && timerpMask.read(@enum.position()))
                {
                    var (tnow, w, ran) = checkTimers(p2, now);
                    now = tnow;
                    if (w != 0 && (pollUntil == 0 || w < pollUntil))
                    {
                        pollUntil = w;
                    }
                    if (ran)
                    {
                        // The timers may have made any number of Gs ready and put them on
                        // this P's queue. Then runqsteal could no longer count on room for
                        // the Gs that it steals. So see now whether there is a local G.
                        gp = runqget(pp, out inheritTime);
                        if (gp != null)
                        {
                            rnow = now;
                            newWork = ranTimer;
                            return gp;
                        }
                        ranTimer = true;
                    }
                }

                // An idle P has nothing to steal.
                if (!idlepMask.read(@enum.position()))
                {
                    gp = runqsteal(pp, p2, stealTimersOrRunNextG);
                    if (gp != null)
                    {
                        inheritTime = false;
                        rnow = now;
                        newWork = ranTimer;
                        return gp;
                    }
                }
            }
        }

        // No goroutine to steal. A timer that ran may still have made one ready that was
        // missed. The next timer to wait for is in pollUntil.
        inheritTime = false;
        rnow = now;
        newWork = ranTimer;
        return null;
    }

    // Looks at all Ps for a G that could be stolen.
    //
    // The caller has no P. When there is a G to steal and an idle P, the P is returned: the
    // caller should acquire it and try to steal the work to it.
    internal static unsafe p* checkRunqsNoP(p*[] allpSnapshot, pMask idlepMaskSnapshot)
    {
        for (int id = 0; id < allpSnapshot.Length; id++)
        {
            var p2 = allpSnapshot[id];
            if (!idlepMaskSnapshot.read((uint32)id) && !runqempty(p2))
            {
                @lock(&sched->@lock);
                var pp = pidlegetSpinning(0, out _);
                if (pp == null)
                {
                    // No P to be had: no need to look at the other Ps.
                    unlock(&sched->@lock);
                    return null;
                }
                unlock(&sched->@lock);
                return pp;
            }
        }

        // No work available.
        return null;
    }

    // Looks at all Ps for a timer that is due before pollUntil.
    //
    // Returns the new pollUntil.
    internal static unsafe int64 checkTimersNoP(p*[] allpSnapshot, pMask timerpMaskSnapshot, int64 pollUntil)
    {
        for (int id = 0; id < allpSnapshot.Length; id++)
        {
            var p2 = allpSnapshot[id];
            if (timerpMaskSnapshot.read((uint32)id))
            {
                var w = nobarrierWakeTime(p2);
                if (w != 0 && (pollUntil == 0 || w < pollUntil))
                {
                    pollUntil = w;
                }
            }
        }

        return pollUntil;
    }

    // Looks for idle-priority GC work. The caller has no P.
    //
    // If there is such work, a P and a worker, it returns the P, which is not wired yet, and
    // the worker's G.
    internal static unsafe p* checkIdleGCNoP(out g* gp)
    {
        gp = null;
        // Without a P gcBlackenEnabled may change at any time, so look again with one. Whether
        // an idle worker is wanted is looked at first, to spare work. That is right here: if
        // none is wanted, one runs. When it stops, its M comes through the scheduler and
        // schedules one again if need be (and passes this check, if it applies).
        if (atomic.Load(ref gcBlackenEnabled) == 0 || !gcController.needIdleMarkWorker())
        {
            return null;
        }
        if (!gcMarkWorkAvailable(null))
        {
            return null;
        }

        // There is work; an idle worker can be started if there is an idle P and a worker.
        //
        // These could be had in either order, both with something to synchronize (below).
        // Workers nearly always are there (findRunnableGCWorker says when not). A P is
        // somewhat rarer, so look for that first.
        //
        // sched.lock must be held until it is decided to keep the P: otherwise it could not be
        // put back to sched.pidle without all the checks of going idle.
        //
        // The other order would have to deal with what findRunnableGCWorker takes for granted:
        // that gcBgMarkWorkerPool is empty only while gcMarkDone runs.
        @lock(&sched->@lock);
        var pp = pidlegetSpinning(0, out var now);
        if (pp == null)
        {
            unlock(&sched->@lock);
            return null;
        }

        // With a P gcBlackenEnabled cannot change: that needs a stopped world.
        if (gcBlackenEnabled == 0 || !gcController.addIdleMarkWorker())
        {
            pidleput(pp, now);
            unlock(&sched->@lock);
            return null;
        }

        var node = (gcBgMarkWorkerNode*)gcBgMarkWorkerPool.pop();
        if (node == null)
        {
            pidleput(pp, now);
            unlock(&sched->@lock);
            gcController.removeIdleMarkWorker();
            return null;
        }

        unlock(&sched->@lock);

        gp = node->gp.ptr();
        return pp;
    }

    // wakeNetPoller wakes the thread that sleeps in the network poller unless it is going to
    // wake up before when; if no thread is there, it wakes an idle P for the timers and the
    // poller.
    internal static unsafe void wakeNetPoller(int64 when)
    {
        if (sched->lastpoll.Load() == 0)
        {
            // findRunnable sees to it that during a poll pollUntil is either 0 or the time
            // to which the poll is expected to last. A wake-up in vain is possible, a missed
            // one is not.
            var pollerPollUntil = sched->pollUntil.Load();
            if (pollerPollUntil == 0 || pollerPollUntil > when)
            {
                netpollBreak();
            }
        }
        else
        {
            // No thread is in the poller: try to get one there that sees the new timers.
            // PORT(goos): Go excepts plan9 here.
            wakep();
        }
    }

    internal static unsafe void resetspinning()
    {
        var gp = getg();
        if (!gp->m->spinning)
        {
            @throw("resetspinning: not a spinning m");
        }
        gp->m->spinning = false;
        var nmspinning = sched->nmspinning.Add(-1);
        if (nmspinning < 0)
        {
            @throw("findrunnable: negative nmspinning");
        }
        // Ms are woken rather sparingly, so see here whether another P needs one. The text on
        // parking and unparking threads at the top of the file has the details.
        wakep();
    }

    // injectglist puts each G of the list, which it makes runnable, on some run queue, and
    // clears *glist. Without a current P all go to the global queue and up to npidle Ms are
    // started to run them. Otherwise, for each idle P, one G goes to the global queue and
    // one M is started; the Gs that are left go to the current P's local queue.
    // May take sched.lock for a while.
    // The collector may be running at the same time.
    internal static unsafe void injectglist(gList* glist)
    {
        if (glist->empty())
        {
            return;
        }
        // PORT(trace): traceGoUnpark for each.

        // They become runnable before they go on a run queue.
        var head = glist->head.ptr();
        g* tail = null;
        int qsize = 0;
        for (var gp = head; gp != null; gp = gp->schedlink.ptr())
        {
            tail = gp;
            qsize++;
            casgstatus(gp, _Gwaiting, _Grunnable);
        }

        // Make a gQueue of the gList.
        gQueue q = default;
        q.head.set(head);
        q.tail.set(tail);
        *glist = default;

        // PORT(foreign): startIdle stands below.

        var pp = getg()->m->p.ptr();
        if (pp == null)
        {
            @lock(&sched->@lock);
            globrunqputbatch(&q, qsize);
            unlock(&sched->@lock);
            startIdle(qsize);
            return;
        }

        int npidle = sched->npidle.Load();
        gQueue globq = default;
        int n;
        for (n = 0; n < npidle && !q.empty(); n++)
        {
            var g = q.pop();
            globq.pushBack(g);
        }
        if (n > 0)
        {
            @lock(&sched->@lock);
            globrunqputbatch(&globq, n);
            unlock(&sched->@lock);
            startIdle(n);
            qsize -= n;
        }

        if (!q.empty())
        {
            runqputbatch(pp, &q, qsize);
        }
    }

    // startIdle starts up to n Ms for idle Ps.
    // PORT(foreign): a func value inside injectglist in Go; newproc on a foreign thread
    // needs it too.
    internal static unsafe void startIdle(int n)
    {
        for (int i = 0; i < n; i++)
        {
            var mp = acquirem(); // startm says why.
            @lock(&sched->@lock);

            var pp = pidlegetSpinning(0, out _);
            if (pp == null)
            {
                unlock(&sched->@lock);
                releasem(mp);
                break;
            }

            unlock(&sched->@lock);
            startm(pp, false);
            releasem(mp);
        }
    }

    // One round of the scheduler: finds a runnable goroutine and executes it.
    // Returns after execute; the caller must return at once.
    internal static unsafe void schedule()
    {
        var mp = getg()->m;

        if (mp->locks != 0)
        {
            @throw("schedule: holding locks");
        }

        if (mp->lockedg != 0)
        {
            stoplockedm();
            execute(mp->lockedg.ptr(), false);
            return; // PORT(mcall)
        }
        // PORT(cgo): no M is inside a cgo call that uses its g0 stack.

    top:
        var pp = mp->p.ptr();
        pp->preempt = false;

        // Safety check: a spinning M has an empty run queue. It comes before checkTimers,
        // which may call goready and so put a goroutine on the local queue.
        if (mp->spinning && (pp->runnext != 0 || pp->runqhead != pp->runqtail))
        {
            @throw("schedule: spinning with local work");
        }

        var gp = findRunnable(out var inheritTime, out var tryWakeP); // blocks till there is work

        // This thread is going to run a goroutine and spins no longer: if it was counted as
        // spinning, take that back now and perhaps start another spinning M.
        if (mp->spinning)
        {
            resetspinning();
        }

        if (sched->disable.user && !schedEnabled(gp))
        {
            // This goroutine must not be scheduled now. It goes on the list of those that
            // wait until user goroutines are enabled again; look for another one.
            @lock(&sched->@lock);
            if (schedEnabled(gp))
            {
                // Enabled again while the lock was being acquired.
                unlock(&sched->@lock);
            }
            else
            {
                sched->disable.runnable.pushBack(gp);
                sched->disable.n++;
                unlock(&sched->@lock);
                goto top;
            }
        }

        // About to run a special goroutine (a GC worker or the trace reader): wake a P, if
        // there is one, for the ordinary ones.
        if (tryWakeP)
        {
            wakep();
        }
        if (gp->lockedm != 0)
        {
            // Hands the own P to the M to which gp is locked, then blocks until there is
            // a new P.
            startlockedm(gp);
            goto top;
        }

        execute(gp, inheritTime);
    }

    // dropg takes m and the current goroutine m.curg (gp) apart.
    // The usual caller moves gp's status away from _Grunning and calls dropg at once to
    // complete that. It must also see to it that somebody makes gp ready at the right time.
    // Having done both it may do other work, but must in the end call schedule to go on with
    // goroutines on this m.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe void dropg()
    {
        var gp = getg();

        // PORT(morestack): gp is on its way.
        if (gp->m->curg->asked != 0)
        {
            answered(gp->m->curg);
        }

        setMNoWB(&gp->m->curg->m, null);
        setGNoWB(&gp->m->curg, null);
    }

    // checkTimers runs the timers of pp that are due.
    // now is the current time or 0. rnow is now, or the current time if now was 0.
    // pollUntil is when the next timer is due, 0 if there is none; if not 0 it is always
    // later than rnow. ran reports whether any timer ran.
    // now goes in and out to save calls of nanotime.
    internal static unsafe (int64 rnow, int64 pollUntil, bool ran) checkTimers(p* pp, int64 now)
    {
        // Nothing to do before the time of the first timer, or of the first adjusted one.
        var next = pp->timer0When.Load();
        var nextAdj = pp->timerModifiedEarliest.Load();
        if (next == 0 || (nextAdj != 0 && nextAdj < next))
        {
            next = nextAdj;
        }

        if (next == 0)
        {
            // There is no timer to run, and none to adjust.
            return (now, 0, false);
        }

        if (now == 0)
        {
            now = nanotime();
        }
        if (now < next)
        {
            // The next timer is not due, but go on when deleted timers would be cleared:
            // this corresponds to the condition below under which clearDeletedTimers is
            // called.
            if (pp != getg()->m->p.ptr() || (int)pp->deletedTimers.Load() <= (int)(pp->numTimers.Load() / 4))
            {
                return (now, next, false);
            }
        }

        int64 pollUntil = 0;
        bool ran = false;
        @lock(&pp->timersLock);

        if (pp->timers.len > 0)
        {
            adjusttimers(pp, now);
            while (pp->timers.len > 0)
            {
                // runtimer may unlock pp.timersLock for a while.
                var tw = runtimer(pp, now);
                if (tw != 0)
                {
                    if (tw > 0)
                    {
                        pollUntil = tw;
                    }
                    break;
                }
                ran = true;
            }
        }

        // On the local P clear the deleted timers out if they are many. Only on the local P,
        // for less contention on timersLock.
        if (pp == getg()->m->p.ptr() && (int)pp->deletedTimers.Load() > pp->timers.len / 4)
        {
            clearDeletedTimers(pp);
        }

        unlock(&pp->timersLock);

        return (now, pollUntil, ran);
    }

    internal static unsafe bool parkunlock_c(g* gp, void* @lock)
    {
        unlock((mutex*)@lock);
        return true;
    }

    // The part of a park that runs on g0.
    internal static unsafe void park_m(g* gp)
    {
        var mp = getg()->m;

        // PORT(trace): traceGoPark

        // PORT(preemptpark): see runnextend.
        if (gp->preempt)
        {
            mp->p.ptr()->runnextends = true;
        }

        // Not casGToWaiting: park_m's caller has set the wait reason.
        casgstatus(gp, _Grunning, _Gwaiting);
        dropg();

        var fn = mp->waitunlockf;
        if (fn != null)
        {
            var ok = fn(gp, mp->waitlock);
            mp->waitunlockf = null;
            mp->waitlock = null;
            if (!ok)
            {
                // PORT(trace): traceGoUnpark
                casgstatus(gp, _Gwaiting, _Grunnable);
                execute(gp, true); // Schedule it back.
                return;
            }
        }
        schedule();
    }

    // PORT(preemptpark): a goroutine of Go's that is asked to give way does so in a function's
    // prologue before it comes to park. Here a request that comes shortly before a park, or the
    // end of the goroutine, is not seen by any await; two goroutines that ready each other by
    // turns could so hand the time slice over for ever, and one whose sleeps are over before
    // the scheduler has looked at the timers could keep it. Whoever would run next and inherit it
    // goes to the global queue instead, as who has given way does.
    internal static unsafe void runnextend(p* pp)
    {
        pp->runnextends = false;
        var next = pp->runnext;
        if (next != 0 && pp->runnext.cas(next, 0))
        {
            @lock(&sched->@lock);
            globrunqput(next.ptr());
            unlock(&sched->@lock);
        }
    }

    internal static unsafe void goschedImpl(g* gp)
    {
        var status = readgstatus(gp);
        if ((status & ~_Gscan) != _Grunning)
        {
            dumpgstatus(gp);
            @throw("bad g status");
        }
        casgstatus(gp, _Grunning, _Grunnable);
        dropg();
        @lock(&sched->@lock);
        globrunqput(gp);
        unlock(&sched->@lock);

        schedule();
    }

    // The part of Gosched that runs on g0.
    internal static unsafe void gosched_m(g* gp)
    {
        // PORT(trace): traceGoSched
        goschedImpl(gp);
    }

    // goschedguarded_m is gosched_m for callers that may be in a state in which preemption
    // is forbidden: then gp just goes on.
    internal static unsafe void goschedguarded_m(g* gp)
    {
        if (!canPreemptM(gp->m))
        {
            gogo(&gp->sched);
            return;
        }

        // PORT(trace): traceGoSched
        goschedImpl(gp);
    }

    internal static unsafe void gopreempt_m(g* gp)
    {
        // PORT(trace): traceGoPreempt
        goschedImpl(gp);
    }

    // PORT(asyncpreempt): no preemptPark.

    // goyield differs from Gosched: it
    // - emits a GoPreempt trace event, not GoSched (PORT(trace): neither);
    // - puts the current G on the queue of the current P, not on the global one.
    internal static unsafe go goyield()
    {
        checkTimeouts();
        return mcall(&goyield_m);
    }

    internal static unsafe void goyield_m(g* gp)
    {
        // PORT(trace): traceGoPreempt
        var pp = gp->m->p.ptr();
        casgstatus(gp, _Grunning, _Grunnable);
        dropg();
        runqput(pp, gp, false);
        schedule();
    }

    // Ends the current goroutine.
    internal static unsafe go goexit1()
    {
        // PORT(race): racegoend
        // PORT(trace): traceGoEnd
        return mcall(&goexit0);
    }

    // The part of goexit that runs on g0.
    internal static unsafe void goexit0(g* gp)
    {
        var mp = getg()->m;
        var pp = mp->p.ptr();

        // PORT(preemptpark): see runnextend.
        if (gp->preempt)
        {
            pp->runnextends = true;
        }
        casgstatus(gp, _Grunning, _Gdead);
        // PORT(pacer): gcController.addScannableStack
        if (isSystemGoroutine(gp, false))
        {
            sched->ngsys.Add(-1);
        }
        gp->m = null;
        var locked = gp->lockedm != 0;
        gp->lockedm = 0;
        mp->lockedg = 0;
        gp->preemptStop = false;
        // PORT(panic): defers and panics are the CLR's, nothing of them hangs off g.
        gp->waitreason = waitReasonZero;
        gp->param = null;
        // PORT(prof): no labels.
        // PORT(timermem): gp.timer stays for the next goroutine on this g; nobody would free it.

        // PORT(assist): no assist credit to flush.

        dropg();

        // PORT(goos): on wasm, which has no threads, schedule() comes here.

        if (mp->lockedInt != 0)
        {
            print("invalid m->lockedInt = ", mp->lockedInt, "\n");
            @throw("internal lockOSThread error");
        }
        gfput(pp, gp);
        if (locked)
        {
            // The goroutine may have locked the thread because it put it in an unusual
            // kernel state: end the thread, do not give it back.

            // Return to mstart, which releases the P and exits the thread.
            // PORT(goos): on plan9 the thread goes on.
            gogo(&mp->g0->sched);
            return; // PORT(mcall)
        }
        schedule();
    }

    // save makes getg().sched name the place where a following gogo goes on.
    // PORT(stack): a frame knows its own state, so pc and sp have nowhere to go; what is left
    // is the check.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe void save(uintptr pc, uintptr sp)
    {
        var gp = getg();

        // PORT(signal): no gsignal.
        if (gp == gp->m->g0)
        {
            // m.g0.sched is special: it is the context for the exit of the thread, and
            // mstart1 writes it itself. This check finds calls of save where they would
            // write to a system g.
            @throw("save on system g not allowed");
        }
    }

    // The goroutine is about to enter a system call: write down that it does not use the CPU
    // any more. Called by package syscall, not for the low-level system calls that the
    // runtime makes itself.
    //
    // PORT(stack): Go forbids stack growth from here to exitsyscall, because g.sched must
    // name the caller's stack segment and the arguments of the system call may point into
    // the stack; so the slow paths run on g0. Nothing grows or moves here; the slow paths run
    // on g0 all the same.
    //
    // reentersyscall is for callbacks from cgo, which come with a saved pc and sp, because
    // exitsyscall will be called from further up; entersyscall is the normal entry.
    //
    // PORT(trace): m.syscalltick = p.syscalltick is remembered so that GoSysExit can be
    // emitted strictly after GoSysBlock: whoever retakes the P increments p.syscalltick. The
    // ticks are kept as in Go, which increments them without tracing too.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe void reentersyscall(uintptr pc, uintptr sp)
    {
        var gp = getg();

        // No preemption in this function: g is in _Gsyscall and its g.sched may not be
        // consistent yet; the GC must not see that.
        gp->m->locks++;

        // In Go whatever checks the stack in a system call trips over this guard.
        // PORT(stack): nothing checks it before exitsyscall sets it right.
        gp->stackguard0 = stackPreempt;

        // The GC and tracebacks want to know SP.
        save(pc, sp);
        gp->syscallsp = sp;
        casgstatus(gp, _Grunning, _Gsyscall);
        // PORT(stack): no bounds to compare syscallsp with.

        // PORT(trace): traceGoSysCall

        if (sched->sysmonwait.Load())
        {
            using (systemstack())
            {
                entersyscall_sysmon();
            }
            save(pc, sp);
        }

        if (gp->m->p.ptr()->runSafePointFn != 0)
        {
            // On g0, as the function may need more stack than there is.
            using (systemstack())
            {
                runSafePointFn();
            }
            save(pc, sp);
        }

        gp->m->syscalltick = gp->m->p.ptr()->syscalltick;
        var pp = gp->m->p.ptr();
        pp->m = 0;
        gp->m->oldp.set(pp);
        gp->m->p = 0;
        atomic.Store(ref pp->status, _Psyscall);
        if (sched->gcwaiting.Load())
        {
            using (systemstack())
            {
                entersyscall_gcwait();
            }
            save(pc, sp);
        }

        gp->m->locks--;
    }

    // The standard entry to a system call, for package syscall.
    internal static unsafe void entersyscall()
    {
        // PORT(foreign): a thread that has no m has nothing to tell the scheduler.
        if (getg() == null)
        {
            return;
        }
        // PORT(stack): there is no pc and sp of the caller; an sp of 1 says that the
        // goroutine is in a system call.
        reentersyscall(0, 1);
    }

    internal static unsafe void entersyscall_sysmon()
    {
        @lock(&sched->@lock);
        if (sched->sysmonwait.Load())
        {
            sched->sysmonwait.Store(false);
            notewakeup(&sched->sysmonnote);
        }
        unlock(&sched->@lock);
    }

    internal static unsafe void entersyscall_gcwait()
    {
        var gp = getg();
        var pp = gp->m->oldp.ptr();

        @lock(&sched->@lock);
        if (sched->stopwait > 0 && atomic.Cas(ref pp->status, _Psyscall, _Pgcstop))
        {
            // PORT(trace): traceGoSysBlock, traceProcStop
            pp->syscalltick++;
            sched->stopwait--;
            if (sched->stopwait == 0)
            {
                notewakeup(&sched->stopnote);
            }
        }
        unlock(&sched->@lock);
    }

    // As entersyscall(), with the hint that the system call blocks.
    internal static unsafe void entersyscallblock()
    {
        var gp = getg();
        // PORT(foreign): see entersyscall.
        if (gp == null)
        {
            return;
        }

        gp->m->locks++; // as in reentersyscall
        // PORT(stack): throwsplit.
        gp->stackguard0 = stackPreempt; // as in reentersyscall
        gp->m->syscalltick = gp->m->p.ptr()->syscalltick;
        // PORT(trace): sysblocktraced.
        gp->m->p.ptr()->syscalltick++;

        // The GC and tracebacks want to know SP.
        // PORT(stack): that there is one.
        save(0, 1);
        gp->syscallsp = 1;
        // PORT(stack): no bounds to compare syscallsp with.
        casgstatus(gp, _Grunning, _Gsyscall);
        // PORT(stack): nor to do so again.

        using (systemstack())
        {
            entersyscallblock_handoff();
        }

        // Once more, for a traceback while the call blocks.
        save(0, 1); // PORT(stack)

        gp->m->locks--;
    }

    internal static unsafe void entersyscallblock_handoff()
    {
        // PORT(trace): traceGoSysCall, traceGoSysBlock
        handoffp(releasep());
    }

    // The goroutine has left its system call: see to it that it runs on a CPU again.
    // Called by package syscall, not for the low-level system calls of the runtime.
    //
    // The P may have been stolen meanwhile.
    internal static unsafe void exitsyscall()
    {
        var gp = getg();
        // PORT(foreign): see entersyscall.
        if (gp == null)
        {
            return;
        }

        gp->m->locks++; // as in reentersyscall
        // PORT(stack): no sp to compare with syscallsp.

        gp->waitsince = 0;
        var oldp = gp->m->oldp.ptr();
        gp->m->oldp = 0;
        if (exitsyscallfast(oldp))
        {
            // PORT(prof): no goroutine profile to write now that there is a P.
            // PORT(trace): traceGoStart
            // A CPU is there: go on.
            gp->m->p.ptr()->syscalltick++;
            // The status must be changed by CAS, and scanned if need be, before going on.
            casgstatus(gp, _Gsyscall, _Grunning);

            // The garbage collector is not running, as we are, so this may be cleared.
            gp->syscallsp = 0;
            gp->m->locks--;
            if (gp->preempt)
            {
                // restore the preemption request, should newstack have cleared it
                gp->stackguard0 = stackPreempt;
            }
            else
            {
                // otherwise restore the real guard, which entersyscall or entersyscallblock
                // has spoiled
                gp->stackguard0 = 0;
            }
            // PORT(stack): throwsplit.

            if (sched->disable.user && !schedEnabled(gp))
            {
                // This goroutine must not be scheduled now.
                // PORT(exitsyscall): Go calls Gosched; this function cannot park, so the
                // goroutine is asked to give way at its next await.
                gp->preempt = true;
                gp->stackguard0 = stackPreempt; // PORT(exitsyscall)
                ask(gp); // PORT(morestack)
            }

            return;
        }

        // PORT(trace): no wait for traceGoSysBlock, no sysexitticks.

        gp->m->locks--;

        // Call the scheduler.
        // PORT(exitsyscall): Go unwinds to g0 with mcall(exitsyscall0); a synchronous C# frame
        // cannot be unwound. So gp is locked to its M for the while and exitsyscall0 takes the
        // branch for locked goroutines: gp is queued, this thread waits in stoplockedm, and the
        // P that comes to gp hands itself over in startlockedm. execute then records gp for
        // the M's loop, which is not needed: this thread runs gp already.
        var mp = gp->m;
        var locked = gp->lockedm != 0;
        if (!locked)
        {
            mp->lockedg.set(gp);
            gp->lockedm.set(mp);
        }
        using (systemstack())
        {
            exitsyscall0(gp);
        }
        mp->gogo = 0;
        if (!locked)
        {
            mp->lockedg = 0;
            gp->lockedm = 0;
        }

        // The scheduler has returned, so we may run.
        // Clear what was left for the garbage collector during the system call. Not earlier:
        // only now it is certain that the collector is not running.
        gp->syscallsp = 0;
        gp->m->p.ptr()->syscalltick++;
        // PORT(stack): throwsplit.
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe bool exitsyscallfast(p* oldp)
    {
        var gp = getg();

        // freezetheworld sets stopwait but does not retake Ps.
        if (sched->stopwait == freezeStopWait)
        {
            return false;
        }

        // Try to get the last P again.
        if (oldp != null && oldp->status == _Psyscall && atomic.Cas(ref oldp->status, _Psyscall, _Pidle))
        {
            // A CPU is there: go on.
            wirep(oldp);
            exitsyscallfast_reacquired();
            return true;
        }

        // Any other idle P will do.
        if (sched->pidle != 0)
        {
            bool ok;
            using (systemstack())
            {
                ok = exitsyscallfast_pidle();
                // PORT(trace): no wait for traceGoSysBlock, no traceGoSysExit.
            }
            if (ok)
            {
                return true;
            }
        }
        return false;
    }

    // exitsyscallfast_reacquired: this G has got back the P on which it ran before the
    // system call.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe void exitsyscallfast_reacquired()
    {
        var gp = getg();
        if (gp->m->syscalltick != gp->m->p.ptr()->syscalltick)
        {
            // PORT(trace): the P was retaken and entered a system call again, as m.syscalltick
            // shows; Go denotes here that the new call blocks and that this one is over.
            gp->m->p.ptr()->syscalltick++;
        }
    }

    internal static unsafe bool exitsyscallfast_pidle()
    {
        @lock(&sched->@lock);
        var pp = pidleget(0, out _);
        if (pp != null && sched->sysmonwait.Load())
        {
            sched->sysmonwait.Store(false);
            notewakeup(&sched->sysmonnote);
        }
        unlock(&sched->@lock);
        if (pp != null)
        {
            acquirep(pp);
            return true;
        }
        return false;
    }

    // The slow path of exitsyscall on g0: no P could be acquired, gp is queued as runnable.
    //
    // gp is the goroutine that called exitsyscall on this M.
    internal static unsafe void exitsyscall0(g* gp)
    {
        casgstatus(gp, _Gsyscall, _Grunnable);
        dropg();
        @lock(&sched->@lock);
        p* pp = null;
        if (schedEnabled(gp))
        {
            pp = pidleget(0, out _);
        }
        bool locked = false;
        if (pp == null)
        {
            globrunqput(gp);

            // Below, stoplockedm is called if gp is locked. globrunqput gives up ownership of
            // gp, so whether it is locked must be seen before the unlock of sched.lock
            // makes that final; otherwise this could race with another M that unlocks or
            // locks gp.
            locked = gp->lockedm != 0;
        }
        else if (sched->sysmonwait.Load())
        {
            sched->sysmonwait.Store(false);
            notewakeup(&sched->sysmonnote);
        }
        unlock(&sched->@lock);
        if (pp != null)
        {
            acquirep(pp);
            execute(gp, false);
            return;
        }
        if (locked)
        {
            // Wait until another thread schedules gp and with it this m.
            //
            // lockedm must be this M, as gp ran on it before entersyscall.
            stoplockedm();
            execute(gp, false);
            return;
        }
        // PORT(exitsyscall): Go ends with stopm and schedule; not reached here, as exitsyscall
        // locks gp.
        @throw("exitsyscall0: not locked");
    }

    // PORT(fork): no syscall_runtime_BeforeFork, AfterFork, AfterForkInChild, BeforeExec and
    // AfterExec, inForkedChild and pendingPreemptSignals.

    // Allocates a new g, with a stack if stacksize is not negative.
    // PORT(stack): a stack is a stack object (gostack.cs), of no particular size.
    internal static unsafe g* malg(int32 stacksize)
    {
        g* newg;
        if (stacksize < 0)
        {
            newg = @new<g>();
        }
        else
        {
            // PORT(native): close together, as in Go, where several lie in a span: in cache lines of
            // their own, as @new gives them, they would take 100 bytes more each.
            newg = (g*)persistentalloc((uintptr)sizeof(g), 0);
            newg->sched.stk = stack.alloc();
            newg->stackguard0 = 0;
        }
        return newg;
    }

    // Makes a new g that runs fn and puts it on the queue of those that wait to run.
    // The go statement is a call of this.
    // PORT(gopc): there is no pc of the go statement; creator, file and line name it. fn is a Func<go>
    // or a funcval.
    private static unsafe void newproc(object fn, string creator, string file, int line)
    {
        var gp = getg();
        if (gp == null)
        {
            // PORT(foreign): a thread that is no M makes the goroutine runnable with a
            // borrowed M and without a P, the way injectglist does. It must not be wakep: that
            // does nothing while an M spins, and an M that stops spinning looks once more at
            // the queues of the Ps, not at the global one.
            libinit();
            needm();
            var newg = newproc1(fn, null, creator, file, line);
            @lock(&sched->@lock);
            globrunqput(newg);
            unlock(&sched->@lock);
            startIdle(1);
            dropm();
            return;
        }
        using (systemstack())
        {
            var newg = newproc1(fn, gp, creator, file, line);

            var pp = getg()->m->p.ptr();
            runqput(pp, newg, true);

            if (mainStarted)
            {
                wakep();
            }
        }
    }

    // Makes a new g in state _Grunnable that starts at fn. creator, file and line are those of
    // the go statement. The caller must put the new g where the scheduler finds it.
    private static unsafe g* newproc1(object fn, g* callergp, string creator, string file, int line)
    {
        if (fn == null)
        {
            fatal("go of nil func value");
        }

        var mp = acquirem(); // no preemption: mp and pp are locals.
        var pp = mp->p.ptr(); // PORT(foreign): null on a borrowed M.
        var newg = gfget(pp);
        if (newg == null)
        {
            newg = malg(0);
            casgstatus(newg, _Gidle, _Gdead);
            allgadd(newg); // its status is _Gdead, so nobody looks at the uninitialised stack.
        }
        if (newg->sched.stk == 0)
        {
            @throw("newproc1: newg missing stack");
        }

        if (readgstatus(newg) != _Gdead)
        {
            @throw("newproc1: new g is not Gdead");
        }

        // PORT(stack): Go builds the bottom frame here, with goexit as its return address.
        newg->sched.g = (guintptr)newg;
        stack.reset(newg->sched.stk, fn, creator, file, line);
        // PORT(ancestors): no saveAncestors.
        if (isSystemGoroutine(newg, false))
        {
            sched->ngsys.Add(1);
        }
        // PORT(prof): no labels to inherit, no goroutine profile to be exempted from.
        // Track the first transition?
        newg->trackingSeq = (uint8)fastrand();
        if (newg->trackingSeq % gTrackingPeriod == 0)
        {
            newg->tracking = true;
        }
        casgstatus(newg, _Gdead, _Grunnable);
        // PORT(pacer): gcController.addScannableStack

        if (pp == null)
        {
            // PORT(foreign): no cache of ids without a P; a batch of one.
            newg->goid = sched->goidgen.Add(1);
            releasem(mp); // PORT(foreign)
            return newg;
        }
        if (pp->goidcache == pp->goidcacheend)
        {
            // sched.goidgen is the last id handed out, so this batch is
            // [sched.goidgen+1, sched.goidgen+_GoidCacheBatch].
            // It is 0 at the start: the main goroutine gets goid 1.
            pp->goidcache = sched->goidgen.Add(_GoidCacheBatch);
            pp->goidcache -= _GoidCacheBatch - 1;
            pp->goidcacheend = pp->goidcache + _GoidCacheBatch;
        }
        newg->goid = pp->goidcache;
        pp->goidcache++;
        // PORT(race): racegostart
        // PORT(trace): traceGoCreate
        releasem(mp);

        return newg;
    }

    // PORT(ancestors): no saveAncestors (GODEBUG=tracebackancestors).

    // Puts gp on the free list.
    // When the local list is too long, a batch goes to the global one.
    internal static unsafe void gfput(p* pp, g* gp)
    {
        if (readgstatus(gp) != _Gdead)
        {
            @throw("gfput: bad status (not Gdead)");
        }

        // PORT(stack): no stack is of another size than the standard one, none is freed.
        // PORT(gcwork): but one that a cycle has found in use, and that is not any more, is work for
        // this cycle. It belongs to the system until scanobject has freed its frames. The flag is
        // set once in a cycle for each g, so that goroutines which come and go do not keep it from
        // its end.
        var shrink = gp->preemptShrink;
        gp->preemptShrink = false;
        if (gcBlackenEnabled != 0 && shrink)
        {
            // PORT(gcwork)
            sched->ngsys.Add(1);
            if (!pp->gcw.putFast((uintptr)gp))
            {
                pp->gcw.put((uintptr)gp);
            }
            return;
        }

        pp->gFree.gList.push(gp);
        pp->gFree.n++;
        if (pp->gFree.n >= 64)
        {
            int32 inc = 0;
            gQueue stackQ = default;
            gQueue noStackQ = default;
            while (pp->gFree.n >= 32)
            {
                gp = pp->gFree.gList.pop();
                pp->gFree.n--;
                if (gp->sched.stk == 0)
                {
                    noStackQ.push(gp);
                }
                else
                {
                    stackQ.push(gp);
                }
                inc++;
            }
            @lock(&sched->gFree.@lock);
            sched->gFree.noStack.pushAll(noStackQ);
            sched->gFree.stack.pushAll(stackQ);
            sched->gFree.n += inc;
            unlock(&sched->gFree.@lock);
        }
    }

    // Gets a g from the free list.
    // When the local list is empty, a batch comes from the global one.
    internal static unsafe g* gfget(p* pp)
    {
        g* gp;
        if (pp == null)
        {
            // PORT(foreign): no local list without a P; one g from the global list.
            @lock(&sched->gFree.@lock);
            gp = sched->gFree.stack.pop();
            if (gp == null)
            {
                gp = sched->gFree.noStack.pop();
            }
            if (gp != null)
            {
                sched->gFree.n--;
            }
            unlock(&sched->gFree.@lock);
            if (gp != null && gp->sched.stk == 0)
            {
                gp->sched.stk = stack.alloc();
                gp->stackguard0 = 0;
            }
            return gp;
        }
    retry:
        if (pp->gFree.gList.empty() && (!sched->gFree.stack.empty() || !sched->gFree.noStack.empty()))
        {
            @lock(&sched->gFree.@lock);
            // Fill the P's list up with free Gs.
            while (pp->gFree.n < 32)
            {
                // Gs that have a stack come first.
                gp = sched->gFree.stack.pop();
                if (gp == null)
                {
                    gp = sched->gFree.noStack.pop();
                    if (gp == null)
                    {
                        break;
                    }
                }
                sched->gFree.n--;
                pp->gFree.gList.push(gp);
                pp->gFree.n++;
            }
            unlock(&sched->gFree.@lock);
            goto retry;
        }
        gp = pp->gFree.gList.pop();
        if (gp == null)
        {
            return null;
        }
        pp->gFree.n--;
        // PORT(stack): the standard size does not change, so no old stack has to go.
        if (gp->sched.stk == 0)
        {
            // The g came without a stack: give it one.
            using (systemstack())
            {
                gp->sched.stk = stack.alloc();
            }
            gp->stackguard0 = 0;
        }
        // PORT(race): racemalloc, msanmalloc, asanunpoison
        return gp;
    }

    // Moves all free Gs of pp to the global list.
    internal static unsafe void gfpurge(p* pp)
    {
        int32 inc = 0;
        gQueue stackQ = default;
        gQueue noStackQ = default;
        while (!pp->gFree.gList.empty())
        {
            var gp = pp->gFree.gList.pop();
            pp->gFree.n--;
            if (gp->sched.stk == 0)
            {
                noStackQ.push(gp);
            }
            else
            {
                stackQ.push(gp);
            }
            inc++;
        }
        @lock(&sched->gFree.@lock);
        sched->gFree.noStack.pushAll(noStackQ);
        sched->gFree.stack.pushAll(stackQ);
        sched->gFree.n += inc;
        unlock(&sched->gFree.@lock);
    }

    // PORT(signal): no Breakpoint.

    // dolockOSThread is called by LockOSThread and lockOSThread below after they have counted.
    // There must be no preemption in here, or the m might not be the one that the caller saw.
    internal static unsafe void dolockOSThread()
    {
        // PORT(goos): nothing to do on wasm, which has no threads.
        var gp = getg();
        gp->m->lockedg.set(gp);
        gp->lockedm.set(gp->m);
    }

    /// <summary>
    /// Wires the calling goroutine to the operating system thread on which it runs: from now on it
    /// runs only there, and nothing else does, until UnlockOSThread has been called as many times
    /// as LockOSThread. A goroutine that ends while it is wired takes its thread with it. A
    /// goroutine that depends on the state of its thread should call this before it calls services
    /// of the operating system or foreign libraries. Go: src/runtime/proc.go.
    /// </summary>
    public static unsafe void LockOSThread()
    {
        // PORT(template): no template thread is started for the threads that a locked
        // thread would otherwise create.
        var gp = getg();
        gp->m->lockedExt++;
        if (gp->m->lockedExt == 0)
        {
            gp->m->lockedExt--;
            builtin.panic("LockOSThread nesting overflow");
        }
        dolockOSThread();
    }

    internal static unsafe void lockOSThread()
    {
        getg()->m->lockedInt++;
        dolockOSThread();
    }

    // dounlockOSThread is called by UnlockOSThread and unlockOSThread below after they have
    // counted. There must be no preemption in here, or the m might not be the one that the
    // caller saw.
    internal static unsafe void dounlockOSThread()
    {
        // PORT(goos): nothing to do on wasm, which has no threads.
        var gp = getg();
        if (gp->m->lockedInt != 0 || gp->m->lockedExt != 0)
        {
            return;
        }
        gp->m->lockedg = 0;
        gp->lockedm = 0;
    }

    /// <summary>
    /// Undoes one earlier call of LockOSThread. The last one sets the goroutine free from its thread;
    /// without a call to undo nothing happens. The thread must be fit to run other goroutines: who
    /// has changed its state for good should not call this, but leave the goroutine wired until it
    /// and with it the thread ends. Go: src/runtime/proc.go.
    /// </summary>
    public static unsafe void UnlockOSThread()
    {
        var gp = getg();
        if (gp->m->lockedExt == 0)
        {
            return;
        }
        gp->m->lockedExt--;
        dounlockOSThread();
    }

    internal static unsafe void unlockOSThread()
    {
        var gp = getg();
        if (gp->m->lockedInt == 0)
        {
            using (systemstack())
            {
                badunlockosthread();
            }
        }
        gp->m->lockedInt--;
        dounlockOSThread();
    }

    internal static void badunlockosthread()
    {
        @throw("runtime: internal error: misuse of lockOSThread/unlockOSThread");
    }

    internal static unsafe int32 gcount()
    {
        var n = (int32)atomic.Loaduintptr(ref allglen) - sched->gFree.n - sched->ngsys.Load();
        foreach (var pp in allp)
        {
            n -= pp->gFree.n;
        }

        // All these may change meanwhile, so the result may not be consistent.
        // One goroutine surely runs: the caller.
        if (n < 1)
        {
            n = 1;
        }
        return n;
    }

    internal static unsafe int32 mcount()
    {
        return (int32)(sched->mnext - sched->nmfreed);
    }

    // PORT(prof): no prof, _System and its like, sigprof and setcpuprofilerate.

    // init initialises pp, a new p or one that was destroyed before, and moves it to status
    // _Pgcstop.
    internal static unsafe void init(this ref p self, int32 id)
    {
        var pp = (p*)Unsafe.AsPointer(ref self);
        pp->id = id;
        pp->status = _Pgcstop;
        pp->sudogcache = 0;
        // PORT(panic): no deferpool.
        // PORT(wb): no wbBuf.
        // PORT(heap): no mcache.
        // PORT(race): no raceprocctx.
        lockInit(&pp->timersLock, lockRank.lockRankTimers);

        // This P may get timers when it starts to run. Set the mask here, as it may not come
        // through pidleget (P 0 at startup, for one).
        timerpMask.set(id);
        // Likewise it may not come through pidleget before it starts to run, if it is P 0 at
        // startup.
        idlepMask.clear(id);
    }

    // destroy releases what belongs to pp and moves it to status _Pdead.
    //
    // Needs sched.lock and a stopped world.
    internal static unsafe void destroy(this ref p self)
    {
        var pp = (p*)Unsafe.AsPointer(ref self);
        assertLockHeld(&sched->@lock);
        assertWorldStopped();

        // Its runnable goroutines go to the global queue
        while (pp->runqhead != pp->runqtail)
        {
            // take from the local tail
            pp->runqtail--;
            var gp = pp->runq[(int)(pp->runqtail % runqlen)].ptr();
            // put at the global head
            globrunqputhead(gp);
        }
        if (pp->runnext != 0)
        {
            globrunqputhead(pp->runnext.ptr());
            pp->runnext = 0;
        }
        if (pp->timers.len > 0)
        {
            var plocal = getg()->m->p.ptr();
            // The world is stopped, but sysmon may be in timeSleepUntil: timersLock keeps it
            // out. Only here the timersLocks of two Ps are held at once, so there is no
            // deadlock to fear.
            foreigntimers.Enter(); // PORT(foreign)
            @lock(&plocal->timersLock);
            @lock(&pp->timersLock);
            moveTimers(plocal, pp->timers);
            pp->timers.reslice(0);
            pp->numTimers.Store(0);
            pp->deletedTimers.Store(0);
            pp->timer0When.Store(0);
            unlock(&pp->timersLock);
            unlock(&plocal->timersLock);
            foreigntimers.Exit(); // PORT(foreign)
        }
        // Flush the work for the collector.
        if (gcphase != _GCoff)
        {
            // PORT(wb): no write barrier buffer.
            pp->gcw.dispose();
        }
        for (int i = 0; i < sudogbuflen; i++)
        {
            pp->sudogbuf[i] = default;
        }
        pp->sudogcache = 0;
        // PORT(panic): no deferpool.
        // PORT(heap): no mspancache, pcache and mcache.
        gfpurge(pp);
        // PORT(trace): traceProcFree
        // PORT(race): no race context.
        // PORT(assist): no gcAssistTime.
        pp->status = _Pdead;
    }

    // PORT(slice): a C# array has no capacity beyond its length. allpcap holds what Go keeps
    // in allp up to its capacity, every P that was ever made; reslicep returns a copy of its
    // first n entries.
    internal static unsafe p*[] allpcap = [];

    // PORT(slice): allpcap[:n].
    internal static unsafe p*[] reslicep(int32 n)
    {
        var nallp = new p*[n];
        for (int i = 0; i < n; i++)
        {
            nallp[i] = allpcap[i];
        }
        return nallp;
    }

    // Changes the number of processors.
    //
    // Needs sched.lock and a stopped world.
    //
    // Nobody may be changing gcworkbufs meanwhile, neither the GC nor a write barrier; so
    // the GC must not be running if the number of Ps really changes.
    //
    // Returns the list of Ps with local work, which the caller must schedule.
    internal static unsafe p* procresize(int32 nprocs)
    {
        assertLockHeld(&sched->@lock);
        assertWorldStopped();

        var old = gomaxprocs;
        if (old < 0 || nprocs <= 0)
        {
            @throw("procresize: invalid arg");
        }
        // PORT(trace): traceGomaxprocs

        // update statistics
        var now = nanotime();
        if (sched->procresizetime != 0)
        {
            sched->totaltime += (int64)old * (now - sched->procresizetime);
        }
        sched->procresizetime = now;

        var maskWords = (nprocs + 31) / 32;

        // Make allp longer if it is too short.
        if (nprocs > (int32)allp.Length)
        {
            // Synchronise with retake, which may be running at the same time, as it does not
            // run on a P.
            @lock(allpLock);
            if (nprocs <= (int32)allpcap.Length)
            {
                allp = reslicep(nprocs); // PORT(slice)
            }
            else
            {
                // PORT(slice)
                var nallp = new p*[nprocs];
                // Copy everything up to allp's capacity, so that no old P gets lost.
                for (int i = 0; i < allpcap.Length; i++)
                {
                    nallp[i] = allpcap[i];
                }
                allpcap = nallp; // PORT(slice)
                allp = reslicep(nprocs);
            }

            // PORT(slice): the masks never shrink, as Go's arrays under them do not.
            if (maskWords > (int32)idlepMask.mask.Length)
            {
                var nidlepMask = new uint32[maskWords];
                // What lies beyond the old length is of Ps that no longer matter.
                Array.Copy(idlepMask.mask, nidlepMask, idlepMask.mask.Length);
                idlepMask = new pMask(nidlepMask);

                var ntimerpMask = new uint32[maskWords];
                Array.Copy(timerpMask.mask, ntimerpMask, timerpMask.mask.Length);
                timerpMask = new pMask(ntimerpMask);
            }
            unlock(allpLock);
        }

        // initialize new P's
        for (var i = old; i < nprocs; i++)
        {
            var pp = allp[i];
            if (pp == null)
            {
                pp = @new<p>();
            }
            pp->init(i);
            // PORT(slice): allpcap
            allpcap[i] = pp;
            // PORT(wb): atomicstorep
            fixed (p** allpi = &allp[i])
            {
                atomic.StorepNoWB(allpi, pp);
            }
        }

        var gp = getg();
        if (gp->m->p != 0 && gp->m->p.ptr()->id < nprocs)
        {
            // keep the current P
            gp->m->p.ptr()->status = _Prunning;
            // PORT(heap): no mcache.prepareForSweep
        }
        else
        {
            // Give the current P up and take allp[0].
            //
            // In Go this must come before the current P is destroyed, because p.destroy has
            // write barriers and needs a valid P for them.
            if (gp->m->p != 0)
            {
                // PORT(trace): traceGoSched, traceProcStop
                gp->m->p.ptr()->m = 0;
            }
            gp->m->p = 0;
            var pp = allp[0];
            pp->m = 0;
            pp->status = _Pidle;
            acquirep(pp);
            // PORT(trace): traceGoStart
        }

        // PORT(heap): no mcache0.

        // the Ps beyond nprocs let go of what they have
        for (var i = nprocs; i < old; i++)
        {
            var pp = allp[i];
            pp->destroy();
            // The P itself stays: an M in a system call may refer to it.
        }

        // Trim allp.
        if ((int32)allp.Length != nprocs)
        {
            @lock(allpLock);
            // PORT(slice): the masks keep their length.
            allp = reslicep(nprocs);
            unlock(allpLock);
        }

        p* runnablePs = null;
        for (var i = nprocs - 1; i >= 0; i--)
        {
            var pp = allp[i];
            if (gp->m->p.ptr() == pp)
            {
                continue;
            }
            pp->status = _Pidle;
            if (runqempty(pp))
            {
                pidleput(pp, now);
            }
            else
            {
                pp->m.set(mget());
                pp->link.set(runnablePs);
                runnablePs = pp;
            }
        }
        stealOrder.reset((uint32)nprocs);
        atomic.Store(ref Unsafe.As<int32, uint32>(ref gomaxprocs), (uint32)nprocs);
        // PORT(limiter): no gcCPULimiter to tell about the change.
        return runnablePs;
    }

    // Associates pp and the current m.
    internal static unsafe void acquirep(p* pp)
    {
        // Do the part in which Go allows no write barriers.
        wirep(pp);

        // PORT(heap): no mcache.prepareForSweep
        // PORT(trace): traceProcStart
    }

    // wirep is the first step of acquirep, the one that associates the current M and pp. In Go
    // it stands apart because without a P there may be no write barriers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe void wirep(p* pp)
    {
        var gp = getg();

        if (gp->m->p != 0)
        {
            @throw("wirep: already in go");
        }
        if (pp->m != 0 || pp->status != _Pidle)
        {
            int64 id = 0;
            if (pp->m != 0)
            {
                id = pp->m.ptr()->id;
            }
            print("wirep: p->m=", pp->m.v, "(", id, ") p->status=", pp->status, "\n");
            @throw("wirep: invalid p state");
        }
        gp->m->p.set(pp);
        pp->m.set(gp->m);
        pp->status = _Prunning;
    }

    // Takes p and the current m apart.
    internal static unsafe p* releasep()
    {
        var gp = getg();

        if (gp->m->p == 0)
        {
            @throw("releasep: invalid arg");
        }
        var pp = gp->m->p.ptr();
        if (pp->m.ptr() != gp->m || pp->status != _Prunning)
        {
            print("releasep: m=", gp->m, " m->p=", gp->m->p.ptr(), " p->m=", hex(pp->m.v), " p->status=", pp->status, "\n");
            @throw("releasep: invalid p state");
        }
        // PORT(trace): traceProcStop
        gp->m->p = 0;
        pp->m = 0;
        pp->status = _Pidle;
        return pp;
    }

    internal static unsafe void incidlelocked(int32 v)
    {
        @lock(&sched->@lock);
        sched->nmidlelocked += v;
        if (v > 0)
        {
            checkdead();
        }
        unlock(&sched->@lock);
    }

    // Looks for a deadlock: there is one when the number of running Ms is 0.
    // Needs sched.lock.
    internal static unsafe void checkdead()
    {
        assertLockHeld(&sched->@lock);

        // Inside a process with a life of its own (Go: c-shared, c-archive) it is all right
        // if no goroutine runs: the process is taken to be alive.
        if (islibrary || isarchive)
        {
            return;
        }

        // PORT(foreign): who waits for an awaitable of somebody else will be woken from
        // outside, so nobody is asleep for good.
        if (foreignwait.Load() != 0)
        {
            return;
        }

        // When the process dies of a signal that hit an idle thread, freezetheworld blocks all
        // threads that run. That is a deadlock as well, except that one thread is about to
        // call exit.
        if (panicking.Load() > 0)
        {
            return;
        }

        int32 run0 = 0;
        // PORT(foreign): Go counts an extra M that exists without cgo; the port's extra Ms are
        // counted in sched.nmsys.

        var run = mcount() - sched->nmidle - sched->nmidlelocked - sched->nmsys;
        if (run > run0)
        {
            return;
        }
        if (run < 0)
        {
            print("runtime: checkdead: nmidle=", sched->nmidle, " nmidlelocked=", sched->nmidlelocked, " mcount=", mcount(), " nmsys=", sched->nmsys, "\n");
            @throw("checkdead: inconsistent counts");
        }

        var grunning = checkdeadgs(); // PORT(closure)
        // PORT(closure)
        if (grunning == 0) // possible if main goroutine calls runtime.Goexit()
        {
            unlock(&sched->@lock); // else GODEBUG=scheddetail=1 would hang
            fatal("no goroutines (main called runtime.Goexit) - deadlock!");
        }

        // PORT(faketime): no jump to the time of the next timer.

        // The Ps may be looked at, since no goroutine runs.
        foreach (var pp in allp)
        {
            if (pp->timers.len > 0)
            {
                return;
            }
        }

        unlock(&sched->@lock); // else GODEBUG=scheddetail=1 would hang
        fatal("all goroutines are asleep - deadlock!");
    }

    // checkdeadgs counts the goroutines that wait; none may run or be runnable.
    // PORT(closure): part of checkdead in Go; apart, because checkdead would otherwise allocate
    // the closure in every call.
    internal static unsafe int checkdeadgs()
    {
        int grunning = 0;
        forEachG(gp =>
        {
            if (isSystemGoroutine(gp, false))
            {
                return;
            }
            var s = readgstatus(gp);
            switch (s & ~_Gscan)
            {
                case _Gwaiting:
                case _Gpreempted:
                    grunning++;
                    break;
                case _Grunnable:
                case _Grunning:
                case _Gsyscall:
                    print("runtime: checkdead: find g ", gp->goid, " in status ", s, "\n");
                    @throw("checkdead: runnable g");
                    break;
            }
        });
        return grunning;
    }

    // forcegcperiod is the longest time in nanoseconds between two garbage collections: after
    // that one is forced.
    //
    // A variable for tests; it does not change otherwise.
    internal static int64 forcegcperiod = 2 * 60 * (int64)1e9;

    // PORT(goos): no needSysmonWorkaround, which is for NetBSD.

    // sysmon never has a P.
    internal static unsafe void sysmon()
    {
        @lock(&sched->@lock);
        sched->nmsys++;
        checkdead();
        unlock(&sched->@lock);

        int64 lasttrace = 0;
        int idle = 0; // rounds in a row in which nobody was woken
        uint32 delay = 0;

        for (; ; )
        {
            if (idle == 0) // begin with sleeps of 20us ...
            {
                delay = 20;
            }
            else if (idle > 50) // ... after 1ms make each twice as long ...
            {
                delay *= 2;
            }
            if (delay > 10 * 1000) // ... but no longer than 10ms
            {
                delay = 10 * 1000;
            }
            usleep(delay);

            // No deep sleep with schedtrace, which has to be printed at the right times.
            //
            // Nor while there are active Ps: then sysmon must be there to retake Ps from
            // system calls, to preempt Gs that run for long, and to poll the network when all
            // Ps are busy for long stretches.
            //
            // It wakes from deep sleep when a P becomes active, because a system call is over
            // or because a timer came due, and takes these duties up again. After a system
            // call idle and delay start anew: the P had been retaken before, so that may
            // soon be needed again. After a timer idle stays as it is, so that
            // programs which sleep most of the time do not load the system.
            var now = nanotime();
            if (debug.schedtrace <= 0 && (sched->gcwaiting.Load() || sched->npidle.Load() == gomaxprocs))
            {
                @lock(&sched->@lock);
                if (sched->gcwaiting.Load() || sched->npidle.Load() == gomaxprocs)
                {
                    var syscallWake = false;
                    var next = timeSleepUntil();
                    if (next > now)
                    {
                        sched->sysmonwait.Store(true);
                        unlock(&sched->@lock);
                        // Wake up often enough for forcegc to be checked in time.
                        var sleep = forcegcperiod / 2;
                        if (next - now < sleep)
                        {
                            sleep = next - now;
                        }
                        // PORT(goos): no osRelax, which does nothing on linux.
                        syscallWake = notetsleep(&sched->sysmonnote, sleep);
                        // PORT(goos)
                        @lock(&sched->@lock);
                        sched->sysmonwait.Store(false);
                        noteclear(&sched->sysmonnote);
                    }
                    if (syscallWake)
                    {
                        idle = 0;
                        delay = 20;
                    }
                }
                unlock(&sched->@lock);
            }

            @lock(&sched->sysmonlock);
            // Update now: sysmonnote, or sched.lock or sysmonlock above, may have taken long.
            now = nanotime();

            // PORT(cgo): no cgo_yield.
            // look at the network when nobody has for 10ms
            var lastpoll = sched->lastpoll.Load();
            if (netpollinited() && lastpoll != 0 && lastpoll + 10 * 1000 * 1000 < now)
            {
                sched->lastpoll.CompareAndSwap(lastpoll, now);
                var list = netpoll(0); // does not block; the goroutines that became ready
                if (!list.empty())
                {
                    // The number of idle locked Ms must be decremented before injectglist, to
                    // pretend that one more M runs. Otherwise this could happen: injectglist
                    // takes all Ps, and before it has started Ms for them another M returns
                    // from a system call, completes its G, finds neither work nor another
                    // running M, and reports a deadlock.
                    incidlelocked(-1);
                    injectglist(&list);
                    incidlelocked(1);
                }
            }
            // PORT(goos): NetBSD sometimes loses wake-ups by netpollBreak; there Go calls startm
            // here when a timer is overdue.
            // PORT(heap): no scavenger to wake.
            // take Ps away from system calls that block,
            // and interrupt Gs that run for too long
            if (retake(now) != 0)
            {
                idle = 0;
            }
            else
            {
                idle++;
            }
            // is a cycle of the collector due?
            if (new gcTrigger { kind = gcTriggerTime, now = now }.test() && forcegc->idle.Load())
            {
                @lock(&forcegc->@lock);
                // PORT(gctrigger): sysmon is not the only one that readies forcegc.g.
                if (forcegc->idle.Load())
                {
                    forcegc->idle.Store(false);
                    forcegc->kind = (int32)gcTriggerTime;
                    gList list = default;
                    list.push(forcegc->g);
                    injectglist(&list);
                }
                unlock(&forcegc->@lock);
            }
            if (debug.schedtrace > 0 && lasttrace + (int64)debug.schedtrace * 1000000 <= now)
            {
                lasttrace = now;
                schedtrace(debug.scheddetail > 0);
            }
            unlock(&sched->sysmonlock);
        }
    }

    internal struct sysmontick
    {
        internal uint32 schedtick;
        internal int64 schedwhen;
        internal uint32 syscalltick;
        internal int64 syscallwhen;
    }

    // forcePreemptNS is the time slice of a G before it is preempted.
    internal const int64 forcePreemptNS = 10 * 1000 * 1000; // 10ms

    internal static unsafe uint32 retake(int64 now)
    {
        int n = 0;
        // No changes of allp meanwhile. Nobody contends for this lock unless the world is
        // being stopped.
        @lock(allpLock);
        // Not a foreach: allpLock may be dropped for a while, so allp must be read again in
        // each round.
        for (int i = 0; i < allp.Length; i++)
        {
            var pp = allp[i];
            if (pp == null)
            {
                // procresize has grown allp and not yet made the new Ps.
                continue;
            }
            var pd = &pp->sysmontick;
            var s = pp->status;
            var sysretake = false;
            if (s == _Prunning || s == _Psyscall)
            {
                // A G that has used up its time slice is preempted.
                var t = (int64)pp->schedtick;
                if ((int64)pd->schedtick != t)
                {
                    pd->schedtick = (uint32)t;
                    pd->schedwhen = now;
                }
                else if (pd->schedwhen + forcePreemptNS <= now)
                {
                    preemptone(pp);
                    // In a system call preemptone() has no effect: no M is wired to the P.
                    sysretake = true;
                }
            }
            if (s == _Psyscall)
            {
                // A P that is in a system call for more than one tick of sysmon (20us or more) is retaken.
                var t = (int64)pp->syscalltick;
                if (!sysretake && (int64)pd->syscalltick != t)
                {
                    pd->syscalltick = (uint32)t;
                    pd->syscallwhen = now;
                    continue;
                }
                // Ps need not be retaken while there is no other work to do; but in the end
                // they must be, because they keep sysmon from deep sleep.
                if (runqempty(pp) && sched->nmspinning.Load() + sched->npidle.Load() > 0 && pd->syscallwhen + 10 * 1000 * 1000 > now)
                {
                    continue;
                }
                // allpLock must go before sched.lock is taken.
                unlock(allpLock);
                // The number of idle locked Ms must be decremented before the CAS, to pretend
                // that one more M runs. Otherwise the M from which the P is retaken could
                // leave the system call, increment nmidle and report a deadlock.
                incidlelocked(-1);
                if (atomic.Cas(ref pp->status, s, _Pidle))
                {
                    // PORT(trace): traceGoSysBlock, traceProcStop
                    n++;
                    pp->syscalltick++;
                    handoffp(pp);
                }
                incidlelocked(1);
                @lock(allpLock);
            }
        }
        unlock(allpLock);
        return (uint32)n;
    }

    // Tells all goroutines that they are preempted and should stop.
    // Best effort only: it may miss a goroutine that a processor has just started to run.
    // Needs no locks.
    // Reports whether at least one goroutine was asked.
    internal static unsafe bool preemptall()
    {
        var res = false;
        foreach (var pp in allp)
        {
            if (pp->status != _Prunning)
            {
                continue;
            }
            if (preemptone(pp))
            {
                res = true;
            }
        }
        return res;
    }

    // Tells the goroutine that runs on pp to stop.
    // Best effort only: it may fail to tell it, it may tell the wrong one, and even the right
    // one may ignore the request if it is in newstack at the time.
    // Needs no locks.
    // Reports whether a request was made.
    // The preemption itself happens some time later, as can then be seen from gp.status,
    // which is no longer _Grunning.
    internal static unsafe bool preemptone(p* pp)
    {
        var mp = pp->m.ptr();
        if (mp == null || mp == getg()->m)
        {
            return false;
        }
        var gp = mp->curg;
        if (gp == null || gp == mp->g0)
        {
            return false;
        }

        gp->preempt = true;

        // An await of a call that has ended compares gp.stackguard0, as every call does in Go.
        // With stackPreempt in it, preemption costs no comparison of its own.
        gp->stackguard0 = stackPreempt;
        ask(gp); // PORT(morestack)

        // PORT(asyncpreempt): no signal is sent to the thread; pp.preempt is not set.

        return true;
    }

    internal static int64 starttime;

    internal static unsafe void schedtrace(bool detailed)
    {
        var now = nanotime();
        if (starttime == 0)
        {
            starttime = now;
        }

        @lock(&sched->@lock);
        print("SCHED ", (now - starttime) / (int64)1e6, "ms: gomaxprocs=", gomaxprocs, " idleprocs=", sched->npidle.Load(), " threads=", mcount(), " spinningthreads=", sched->nmspinning.Load(), " needspinning=", sched->needspinning.Load(), " idlethreads=", sched->nmidle, " runqueue=", sched->runqsize);
        if (detailed)
        {
            print(" gcwaiting=", sched->gcwaiting.Load(), " nmidlelocked=", sched->nmidlelocked, " stopwait=", sched->stopwait, " sysmonwait=", sched->sysmonwait.Load(), "\n");
        }
        // Care is needed with what is read of Ps, Ms and Gs: most of it can change even under
        // sched.lock. For example (p->m ? p->m->id : -1) can crash when p->m becomes null
        // in between.
        for (int i = 0; i < allp.Length; i++)
        {
            var pp = allp[i];
            var mp = pp->m.ptr();
            var h = atomic.Load(ref pp->runqhead);
            var t = atomic.Load(ref pp->runqtail);
            if (detailed)
            {
                print("  P", i, ": status=", pp->status, " schedtick=", pp->schedtick, " syscalltick=", pp->syscalltick, " m=");
                if (mp != null)
                {
                    print(mp->id);
                }
                else
                {
                    print("nil");
                }
                print(" runqsize=", t - h, " gfreecnt=", pp->gFree.n, " timerslen=", pp->timers.len, "\n");
            }
            else
            {
                // Without detail the lengths of the Ps' run queues are printed as
                // [len1 len2 len3 len4]
                print(" ");
                if (i == 0)
                {
                    print("[");
                }
                print(t - h);
                if (i == allp.Length - 1)
                {
                    print("]\n");
                }
            }
        }

        if (!detailed)
        {
            unlock(&sched->@lock);
            return;
        }

        for (var mp = allm; mp != null; mp = mp->alllink)
        {
            var pp = mp->p.ptr();
            print("  M", mp->id, ": p=");
            if (pp != null)
            {
                print(pp->id);
            }
            else
            {
                print("nil");
            }
            print(" curg=");
            if (mp->curg != null)
            {
                print(mp->curg->goid);
            }
            else
            {
                print("nil");
            }
            // PORT(preemptoff)
            print(" mallocing=", mp->mallocing, " throwing=", (uint32)mp->throwing, " preemptoff=", Marshal.PtrToStringUTF8((nint)mp->preemptoff), " locks=", mp->locks, " dying=", mp->dying, " spinning=", mp->spinning, " blocked=", mp->blocked, " lockedg=");
            var lockedg = mp->lockedg.ptr();
            if (lockedg != null)
            {
                print(lockedg->goid);
            }
            else
            {
                print("nil");
            }
            print("\n");
        }

        forEachG(gp =>
        {
            print("  G", gp->goid, ": status=", readgstatus(gp), "(", gp->waitreason.String(), ") m=");
            if (gp->m != null)
            {
                print(gp->m->id);
            }
            else
            {
                print("nil");
            }
            print(" lockedm=");
            var lockedm = gp->lockedm.ptr();
            if (lockedm != null)
            {
                print(lockedm->id);
            }
            else
            {
                print("nil");
            }
            print("\n");
        });
        unlock(&sched->@lock);
    }

    // schedEnableUser switches the scheduling of user goroutines on or off.
    //
    // User goroutines that run already are not stopped, so who switches it off should have
    // stopped the world first.
    internal static unsafe void schedEnableUser(bool enable)
    {
        @lock(&sched->@lock);
        if (sched->disable.user == !enable)
        {
            unlock(&sched->@lock);
            return;
        }
        sched->disable.user = !enable;
        if (enable)
        {
            var n = sched->disable.n;
            sched->disable.n = 0;
            globrunqputbatch(&sched->disable.runnable, n);
            unlock(&sched->@lock);
            for (; n != 0 && sched->npidle.Load() != 0; n--)
            {
                startm(null, false);
            }
        }
        else
        {
            unlock(&sched->@lock);
        }
    }

    // schedEnabled reports whether gp may be scheduled: false if it is disabled now.
    //
    // Needs sched.lock.
    internal static unsafe bool schedEnabled(g* gp)
    {
        assertLockHeld(&sched->@lock);

        if (sched->disable.user)
        {
            return isSystemGoroutine(gp, true);
        }
        return true;
    }

    // Puts mp on the list of idle Ms.
    // Needs sched.lock.
    // The world may be stopped.
    internal static unsafe void mput(m* mp)
    {
        assertLockHeld(&sched->@lock);

        mp->schedlink = sched->midle;
        sched->midle.set(mp);
        sched->nmidle++;
        checkdead();
    }

    // Tries to get an m from the list of idle Ms.
    // Needs sched.lock.
    // The world may be stopped.
    internal static unsafe m* mget()
    {
        assertLockHeld(&sched->@lock);

        var mp = sched->midle.ptr();
        if (mp != null)
        {
            sched->midle = mp->schedlink;
            sched->nmidle--;
        }
        return mp;
    }

    // Puts gp on the global queue.
    // Needs sched.lock.
    // The world may be stopped.
    internal static unsafe void globrunqput(g* gp)
    {
        assertLockHeld(&sched->@lock);

        sched->runq.pushBack(gp);
        sched->runqsize++;
    }

    // Puts gp at the head of the global queue.
    // Needs sched.lock.
    // The world may be stopped.
    internal static unsafe void globrunqputhead(g* gp)
    {
        assertLockHeld(&sched->@lock);

        sched->runq.push(gp);
        sched->runqsize++;
    }

    // Puts n runnable goroutines on the global queue and clears *batch.
    // Needs sched.lock.
    // The world may be stopped.
    internal static unsafe void globrunqputbatch(gQueue* batch, int32 n)
    {
        assertLockHeld(&sched->@lock);

        sched->runq.pushBackAll(*batch);
        sched->runqsize += n;
        *batch = default;
    }

    // Tries to get a batch of Gs from the global queue: one is returned, the others go to pp.
    // Needs sched.lock.
    internal static unsafe g* globrunqget(p* pp, int32 max)
    {
        assertLockHeld(&sched->@lock);

        if (sched->runqsize == 0)
        {
            return null;
        }

        var n = sched->runqsize / gomaxprocs + 1;
        if (n > sched->runqsize)
        {
            n = sched->runqsize;
        }
        if (max > 0 && n > max)
        {
            n = max;
        }
        if (n > (int32)runqlen / 2)
        {
            n = (int32)runqlen / 2;
        }

        sched->runqsize -= n;

        var gp = sched->runq.pop();
        n--;
        for (; n > 0; n--)
        {
            var gp1 = sched->runq.pop();
            runqput(pp, gp1, false);
        }
        return gp;
    }

    // pMask is an atomic bit string with one bit per P.
    internal readonly struct pMask(uint32[] mask)
    {
        internal readonly uint32[] mask = mask;

        // read reports whether P id's bit is set.
        internal bool read(uint32 id)
        {
            var word = id / 32;
            var mask = (uint32)1 << (int)(id % 32);
            return (atomic.Load(ref this.mask[word]) & mask) != 0;
        }

        // set turns the bit of P id on.
        internal void set(int32 id)
        {
            var word = id / 32;
            var mask = (uint32)1 << (id % 32);
            atomic.Or(ref this.mask[word], mask);
        }

        // clear turns the bit of P id off.
        internal void clear(int32 id)
        {
            var word = id / 32;
            var mask = (uint32)1 << (id % 32);
            atomic.And(ref this.mask[word], ~mask);
        }
    }

    // updateTimerPMask clears pp's bit in the timer mask if it has no timers on its heap.
    //
    // It would be best to keep the mask right at every operation on a timer. But to update
    // shared data on that hot path costs too much in programs that often go between no
    // timers and some.
    //
    // So the mask is updated only in pidleget and pidleput. A running P (from pidleget) may
    // add a timer at any time, so its bit must be set. An idle P (given to pidleput) cannot
    // add timers while it is idle, so if it has none then, its bit may be cleared.
    //
    // For the stealing of timers in findRunnable this means:
    //
    //   - An idle P that had no timers when it went idle is never looked at. This is how it
    //     should be, for work and for timers.
    //   - A running P must always be looked at.
    //   - An idle P whose timers were stolen must be looked at until it runs again, even
    //     after the timers have expired.
    //
    // When the P runs again its bit should be set, as a timer may be added at any time.
    //
    // More updates in the right places (when a timer is stolen, say) might improve this.
    internal static unsafe void updateTimerPMask(p* pp)
    {
        if (pp->numTimers.Load() > 0)
        {
            return;
        }

        // There seem to be no timers. But another P that handles a timerModified timer in
        // checkTimers may have decremented numTimers for a moment: timersLock serialises with
        // that.
        @lock(&pp->timersLock);
        if (pp->numTimers.Load() == 0)
        {
            timerpMask.clear(pp->id);
        }
        unlock(&pp->timersLock);
    }

    // pidleput puts pp on the list of idle Ps. now must be a fairly recent nanotime, or 0.
    // Returns now, or the current time if now was 0.
    //
    // This gives up the ownership of pp: once sched.lock is released it must not be used.
    //
    // Needs sched.lock.
    //
    // The world may be stopped.
    internal static unsafe int64 pidleput(p* pp, int64 now)
    {
        assertLockHeld(&sched->@lock);

        if (!runqempty(pp))
        {
            @throw("pidleput: P has non-empty run queue");
        }
        if (now == 0)
        {
            now = nanotime();
        }
        updateTimerPMask(pp); // clears the bit if pp has no timers
        idlepMask.set(pp->id);
        pp->link = sched->pidle;
        sched->pidle.set(pp);
        sched->npidle.Add(1);
        // PORT(limiter): no limiterEvent.
        return now;
    }

    // pidleget tries to get a p from the list of idle Ps, and with it its ownership. rnow is
    // now, or, if now was 0 and there is a p, the current time.
    //
    // Needs sched.lock.
    //
    // The world may be stopped.
    internal static unsafe p* pidleget(int64 now, out int64 rnow)
    {
        assertLockHeld(&sched->@lock);

        var pp = sched->pidle.ptr();
        if (pp != null)
        {
            // From here on timers may be added.
            if (now == 0)
            {
                now = nanotime();
            }
            timerpMask.set(pp->id);
            idlepMask.clear(pp->id);
            sched->pidle = pp->link;
            sched->npidle.Add(-1);
            // PORT(limiter): no limiterEvent.
        }
        rnow = now;
        return pp;
    }

    // pidlegetSpinning tries to get a p from the list of idle Ps, and with it its ownership.
    // It is for spinning Ms, and callers that need one, that have found work. When there is no
    // P it must synchronise with non-spinning Ms that may be about to drop their P without
    // having seen this work.
    //
    // Needs sched.lock.
    //
    // The world may be stopped.
    internal static unsafe p* pidlegetSpinning(int64 now, out int64 rnow)
    {
        assertLockHeld(&sched->@lock);

        var pp = pidleget(now, out rnow);
        if (pp == null)
        {
            // See the delicate dance in findRunnable. There is work that we cannot take:
            // synchronise with non-spinning Ms that may be about to drop their P.
            sched->needspinning.Store(1);
            return null;
        }

        return pp;
    }

    // runqlen is the length of p.runq, sudogbuflen that of p.sudogbuf.
    // PORT(len): the length of an inline array is no constant expression in C#.
    internal const uint32 runqlen = 256;
    internal const int sudogbuflen = 128;

    // runqempty reports whether pp has no Gs on its local queue.
    // It is never true by mistake.
    internal static unsafe bool runqempty(p* pp)
    {
        // There is a race to beware of: 1) pp has G1 in runnext and runqhead == runqtail, 2)
        // runqput on pp kicks G1 out to runq, 3) runqget on pp empties runnext.
        // To see runqhead == runqtail and then runnext == 0 does not mean that the queue is
        // empty.
        for (; ; )
        {
            var head = atomic.Load(ref pp->runqhead);
            var tail = atomic.Load(ref pp->runqtail);
            var runnext = atomic.Loaduintptr(ref pp->runnext.v);
            if (tail == atomic.Load(ref pp->runqtail))
            {
                return head == tail && runnext == 0;
            }
        }
    }

    // PORT(race): no randomizeScheduler, which shakes the order of scheduling under the race
    // detector so that nobody comes to rely on it.

    // runqput tries to put gp on the local queue: at its tail or, with next, in pp.runnext.
    // When the queue is full, gp goes to the global queue.
    // Only for the P that owns the queue.
    internal static unsafe void runqput(p* pp, g* gp, bool next)
    {
        // PORT(race): randomizeScheduler

        if (next)
        {
        retryNext:
            var oldnext = pp->runnext;
            if (!pp->runnext.cas(oldnext, (guintptr)gp))
            {
                goto retryNext;
            }
            if (oldnext == 0)
            {
                return;
            }
            // The old runnext has to go to the ordinary queue.
            gp = oldnext.ptr();
        }

    retry:
        var h = atomic.LoadAcq(ref pp->runqhead); // load-acquire: pairs with the consumers' cas-release
        var t = pp->runqtail;
        if (t - h < runqlen)
        {
            pp->runq[(int)(t % runqlen)].set(gp);
            atomic.StoreRel(ref pp->runqtail, t + 1); // store-release: from here on consumers can have it
            return;
        }
        if (runqputslow(pp, gp, h, t))
        {
            return;
        }
        // there is room now, so this time the put succeeds
        goto retry;
    }

    // Puts gp and a batch of Gs from the local queue on the global queue.
    // Only for the P that owns the queue.
    internal static unsafe bool runqputslow(p* pp, g* gp, uint32 h, uint32 t)
    {
        g** batch = stackalloc g*[(int)runqlen / 2 + 1];

        // Take a batch off the local queue first.
        var n = t - h;
        n = n / 2;
        if (n != runqlen / 2)
        {
            @throw("runqputslow: queue is not full");
        }
        for (uint32 i = 0; i < n; i++)
        {
            batch[i] = pp->runq[(int)((h + i) % runqlen)].ptr();
        }
        if (!atomic.CasRel(ref pp->runqhead, h, h + n)) // cas-release: the items are taken for good
        {
            return false;
        }
        batch[n] = gp;

        // PORT(race): randomizeScheduler

        // Link the goroutines.
        for (uint32 i = 0; i < n; i++)
        {
            batch[i]->schedlink.set(batch[i + 1]);
        }
        gQueue q = default;
        q.head.set(batch[0]);
        q.tail.set(batch[n]);

        // The batch goes to the global queue.
        @lock(&sched->@lock);
        globrunqputbatch(&q, (int32)(n + 1));
        unlock(&sched->@lock);
        return true;
    }

    // runqputbatch tries to put all Gs of q on the local queue. When that is full, the others
    // go to the global queue, for which sched.lock is taken for a while.
    // Only for the P that owns the queue.
    internal static unsafe void runqputbatch(p* pp, gQueue* q, int qsize)
    {
        var h = atomic.LoadAcq(ref pp->runqhead);
        var t = pp->runqtail;
        uint32 n = 0;
        while (!q->empty() && t - h < runqlen)
        {
            var gp = q->pop();
            pp->runq[(int)(t % runqlen)].set(gp);
            t++;
            n++;
        }
        qsize -= (int)n;

        // PORT(race): randomizeScheduler

        atomic.StoreRel(ref pp->runqtail, t);
        if (!q->empty())
        {
            @lock(&sched->@lock);
            globrunqputbatch(q, (int32)qsize);
            unlock(&sched->@lock);
        }
    }

    // Gets a g from the local queue.
    // With inheritTime it should get what is left of the current time slice, otherwise a new
    // one.
    // Only for the P that owns the queue.
    internal static unsafe g* runqget(p* pp, out bool inheritTime)
    {
        // A runnext comes before everything else.
        var next = pp->runnext;
        // If the CAS fails on a runnext that was not 0, another P has stolen it: others can
        // race to set it to 0, but only the current P can set it to something else. So there
        // is no need to try again.
        if (next != 0 && pp->runnext.cas(next, 0))
        {
            inheritTime = true;
            return next.ptr();
        }

        inheritTime = false;
        for (; ; )
        {
            var h = atomic.LoadAcq(ref pp->runqhead); // load-acquire: pairs with the cas-release of other consumers
            var t = pp->runqtail;
            if (t == h)
            {
                return null;
            }
            var gp = pp->runq[(int)(h % runqlen)].ptr();
            if (atomic.CasRel(ref pp->runqhead, h, h + 1)) // cas-release: the items are taken for good
            {
                return gp;
            }
        }
    }

    // runqdrain takes all goroutines from the local queue of pp and returns them.
    // Only for the P that owns the queue.
    internal static unsafe (gQueue drainQ, uint32 n) runqdrain(p* pp)
    {
        gQueue drainQ = default;
        uint32 n = 0;
        var oldNext = pp->runnext;
        if (oldNext != 0 && pp->runnext.cas(oldNext, 0))
        {
            drainQ.pushBack(oldNext.ptr());
            n++;
        }

    retry:
        var h = atomic.LoadAcq(ref pp->runqhead); // load-acquire: pairs with the cas-release of other consumers
        var t = pp->runqtail;
        var qn = t - h;
        if (qn == 0)
        {
            return (drainQ, n);
        }
        if (qn > runqlen) // h and t do not belong together
        {
            goto retry;
        }

        if (!atomic.CasRel(ref pp->runqhead, h, h + qn)) // cas-release: the items are taken for good
        {
            goto retry;
        }

        // The order is not the usual one: the head is moved first and the Gs are read after
        // it. runqsteal may be at work at the same time and must not see Gs whose state is
        // being changed. With the head moved, the Gs are all ours, no other P can reach
        // them, and their schedlink may be written.
        // See https://groups.google.com/g/golang-dev/c/0pTKxEKhHSc/m/6Q85QjdVBQAJ for more details.
        for (uint32 i = 0; i < qn; i++)
        {
            var gp = pp->runq[(int)((h + i) % runqlen)].ptr();
            drainQ.pushBack(gp);
            n++;
        }
        return (drainQ, n);
    }

    // Grabs a batch of goroutines from pp's queue into batch, a ring buffer, from batchHead.
    // Returns how many it grabbed.
    // Any P may call it.
    internal static unsafe uint32 runqgrab(p* pp, runqArray* batch, uint32 batchHead, bool stealRunNextG)
    {
        for (; ; )
        {
            var h = atomic.LoadAcq(ref pp->runqhead); // load-acquire: pairs with the cas-release of other consumers
            var t = atomic.LoadAcq(ref pp->runqtail); // load-acquire: pairs with the producer's store-release
            var n = t - h;
            n = n - n / 2;
            if (n == 0)
            {
                if (stealRunNextG)
                {
                    // What is left to steal is pp.runnext.
                    var next = pp->runnext;
                    if (next != 0)
                    {
                        if (pp->status == _Prunning)
                        {
                            // Sleep, so that pp is not just about to run the g that is to be
                            // stolen. What matters is this: the g that runs on pp makes
                            // another one ready and blocks almost at once. Then it is
                            // better to give pp a chance to schedule runnext than to steal it
                            // and let gs wander between Ps.
                            // A synchronous channel operation takes about 50ns, so 3us is
                            // some 50 times as long.
                            // PORT(goos): osyield on systems whose timers are too coarse.
                            usleep(3);
                        }
                        if (!pp->runnext.cas(next, 0))
                        {
                            continue;
                        }
                        (*batch)[(int)(batchHead % runqlen)] = next;
                        return 1;
                    }
                }
                return 0;
            }
            if (n > runqlen / 2) // h and t do not belong together
            {
                continue;
            }
            for (uint32 i = 0; i < n; i++)
            {
                var gp = pp->runq[(int)((h + i) % runqlen)];
                (*batch)[(int)((batchHead + i) % runqlen)] = gp;
            }
            if (atomic.CasRel(ref pp->runqhead, h, h + n)) // cas-release: the items are taken for good
            {
                return n;
            }
        }
    }

    // Steals half of the local queue of p2 and puts it on the local queue of pp.
    // Returns one of the stolen goroutines, null if there was none.
    internal static unsafe g* runqsteal(p* pp, p* p2, bool stealRunNextG)
    {
        var t = pp->runqtail;
        var n = runqgrab(p2, &pp->runq, t, stealRunNextG);
        if (n == 0)
        {
            return null;
        }
        n--;
        var gp = pp->runq[(int)((t + n) % runqlen)].ptr();
        if (n == 0)
        {
            return gp;
        }
        var h = atomic.LoadAcq(ref pp->runqhead); // load-acquire: pairs with the consumers' cas-release
        if (t - h + n >= runqlen)
        {
            @throw("runqsteal: runq overflow");
        }
        atomic.StoreRel(ref pp->runqtail, t + n); // store-release: from here on consumers can have it
        return gp;
    }

    // A gQueue is a double-ended queue of Gs, linked by g.schedlink. A G can be on one gQueue
    // or gList only.
    internal unsafe struct gQueue
    {
        internal guintptr head;
        internal guintptr tail;

        // empty: is there no G on q?
        internal readonly bool empty()
        {
            return head == 0;
        }

        // push puts gp at the head of q.
        internal void push(g* gp)
        {
            gp->schedlink = head;
            head.set(gp);
            if (tail == 0)
            {
                tail.set(gp);
            }
        }

        // pushBack puts gp at the tail of q.
        internal void pushBack(g* gp)
        {
            gp->schedlink = 0;
            if (tail != 0)
            {
                tail.ptr()->schedlink.set(gp);
            }
            else
            {
                head.set(gp);
            }
            tail.set(gp);
        }

        // pushBackAll puts all Gs of q2 at the tail of q. q2 must not be used after it.
        internal void pushBackAll(gQueue q2)
        {
            if (q2.tail == 0)
            {
                return;
            }
            q2.tail.ptr()->schedlink = 0;
            if (tail != 0)
            {
                tail.ptr()->schedlink = q2.head;
            }
            else
            {
                head = q2.head;
            }
            tail = q2.tail;
        }

        // pop removes the head of q and returns it, null if q is empty.
        internal g* pop()
        {
            var gp = head.ptr();
            if (gp != null)
            {
                head = gp->schedlink;
                if (head == 0)
                {
                    tail = 0;
                }
            }
            return gp;
        }

        // popList takes all Gs of q and returns them as a gList.
        internal gList popList()
        {
            var stack = new gList { head = head };
            this = default;
            return stack;
        }
    }

    // A gList is a list of Gs, linked by g.schedlink. A G can be on one gQueue or gList only.
    internal unsafe struct gList
    {
        internal guintptr head;

        // empty: is there no G on l?
        internal readonly bool empty()
        {
            return head == 0;
        }

        // push puts gp at the head of l.
        internal void push(g* gp)
        {
            gp->schedlink = head;
            head.set(gp);
        }

        // pushAll puts all Gs of q before those of l.
        internal void pushAll(gQueue q)
        {
            if (!q.empty())
            {
                q.tail.ptr()->schedlink = head;
                head = q.head;
            }
        }

        // pop removes the head of l and returns it, null if l is empty.
        internal g* pop()
        {
            var gp = head.ptr();
            if (gp != null)
            {
                head = gp->schedlink;
            }
            return gp;
        }
    }

    internal static unsafe int setMaxThreads(int @in)
    {
        @lock(&sched->@lock);
        var @out = (int)sched->maxmcount;
        if (@in > 0x7fffffff) // MaxInt32
        {
            sched->maxmcount = 0x7fffffff;
        }
        else
        {
            sched->maxmcount = (int32)@in;
        }
        checkmcount();
        unlock(&sched->@lock);
        return @out;
    }

    internal static unsafe int procPin()
    {
        var gp = getg();
        var mp = gp->m;

        mp->locks++;
        return (int)mp->p.ptr()->id;
    }

    internal static unsafe void procUnpin()
    {
        var gp = getg();
        gp->m->locks--;
    }

    // linkname sync.runtime_procPin
    internal static int sync_runtime_procPin()
    {
        return procPin();
    }

    // linkname sync.runtime_procUnpin
    internal static void sync_runtime_procUnpin()
    {
        procUnpin();
    }

    // linkname sync/atomic.runtime_procPin
    internal static int sync_atomic_runtime_procPin()
    {
        return procPin();
    }

    // linkname sync/atomic.runtime_procUnpin
    internal static void sync_atomic_runtime_procUnpin()
    {
        procUnpin();
    }

    // How sync.Mutex spins.
    //
    // linkname sync.runtime_canSpin
    internal static unsafe bool sync_runtime_canSpin(int i)
    {
        // sync.Mutex is cooperative, so spin only with care: a few times, on a machine with
        // several cores, with GOMAXPROCS>1, at least one other running P and an empty local
        // queue. Unlike the runtime's mutex no passive spinning here: there may be work on
        // the global queue or on other Ps.
        if (i >= active_spin || ncpu <= 1 || gomaxprocs <= sched->npidle.Load() + sched->nmspinning.Load() + 1)
        {
            return false;
        }
        var pp = getg()->m->p.ptr();
        if (!runqempty(pp))
        {
            return false;
        }
        return true;
    }

    // linkname sync.runtime_doSpin
    internal static void sync_runtime_doSpin()
    {
        procyield(active_spin_cnt);
    }

    internal static randomOrder stealOrder;

    // randomOrder and randomEnum enumerate all Ps in different pseudo-random orders, each P once,
    // for the stealing of work.
    // If X and GOMAXPROCS are coprime, the sequence (i + X) % GOMAXPROCS is such an order.
    internal struct randomOrder
    {
        internal uint32 count;
        internal uint32[] coprimes;

        internal void reset(uint32 count)
        {
            this.count = count;
            coprimes = [];
            for (uint32 i = 1; i <= count; i++)
            {
                if (gcd(i, count) == 1)
                {
                    coprimes = [.. coprimes, i];
                }
            }
        }

        internal readonly randomEnum start(uint32 i)
        {
            return new randomEnum
            {
                count = count,
                pos = i % count,
                inc = coprimes[i / count % (uint32)coprimes.Length],
            };
        }
    }

    internal struct randomEnum
    {
        internal uint32 i;
        internal uint32 count;
        internal uint32 pos;
        internal uint32 inc;

        internal readonly bool done()
        {
            return i == count;
        }

        internal void next()
        {
            i++;
            pos = (pos + inc) % count;
        }

        internal readonly uint32 position()
        {
            return pos;
        }
    }

    internal static uint32 gcd(uint32 a, uint32 b)
    {
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }
        return a;
    }

    // PORT(init): no initTask, inittrace, tracestat and doInit: the CLR runs static
    // constructors itself.
}
