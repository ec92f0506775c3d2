// Ports src/runtime/runtime2.go of go1.20.
namespace golang;

public static partial class runtime
{
    // The states of a goroutine.
    //
    // A state says what the goroutine is doing and, besides, who may touch its frames:
    // it works like a lock on the goroutine's ability to run user code.

    // _Gidle: just allocated, not initialised yet.
    internal const uint32 _Gidle = 0; // 0

    // _Grunnable: on a run queue, not running user code. Nobody owns the frames.
    internal const uint32 _Grunnable = 1; // 1

    // _Grunning: may run user code and owns its frames. On no run queue.
    // It has an M and a P (g.m and g.m.p are valid).
    internal const uint32 _Grunning = 2; // 2

    // _Gsyscall: inside a system call, not running user code. It owns its frames,
    // is on no run queue and has an M.
    internal const uint32 _Gsyscall = 3; // 3

    // _Gwaiting: blocked in the runtime. On no run queue, but written down somewhere
    // (a wait queue, a pollDesc) so that somebody can ready() it. Nobody owns the frames,
    // except that a channel operation may write into them under the channel's lock.
    internal const uint32 _Gwaiting = 4; // 4

    // _Gmoribund_unused: not used; its number is known to debugger scripts.
    internal const uint32 _Gmoribund_unused = 5; // 5

    // _Gdead: not in use. Just exited, on a free list, or being set up. It may or may not
    // have a stack object. It belongs to the M that ends it or that took it from the list.
    internal const uint32 _Gdead = 6; // 6

    // _Genqueue_unused: not used.
    internal const uint32 _Genqueue_unused = 7; // 7

    // _Gcopystack: the stack is being moved. Never set here: frames do not move.
    internal const uint32 _Gcopystack = 8; // 8

    // _Gpreempted: stopped itself for a suspendG; like _Gwaiting, but nobody is in charge
    // of the wake-up until a suspendG takes it over by moving the state to _Gwaiting.
    internal const uint32 _Gpreempted = 9; // 9

    // _Gscan on top of another state: a collector looks at the frames and whoever set the
    // bit owns them. _Gscanrunning is different: it only holds transitions back for a moment.
    // atomicstatus&~_Gscan is the state to which the goroutine returns.
    internal const uint32 _Gscan = 0x1000;
    internal const uint32 _Gscanrunnable = _Gscan + _Grunnable; // 0x1001
    internal const uint32 _Gscanrunning = _Gscan + _Grunning; // 0x1002
    internal const uint32 _Gscansyscall = _Gscan + _Gsyscall; // 0x1003
    internal const uint32 _Gscanwaiting = _Gscan + _Gwaiting; // 0x1004
    internal const uint32 _Gscanpreempted = _Gscan + _Gpreempted; // 0x1009

    // The states of a P.

    // _Pidle: used by nobody. Usually on the idle list and free for the scheduler, else on
    // its way between other states. Owned by the list or by whoever changes its state.
    // Its run queue is empty.
    internal const uint32 _Pidle = 0;

    // _Prunning: owned by an M that runs user code or the scheduler. Only that M may leave
    // this state: to _Pidle (nothing to do), _Psyscall, _Pgcstop, or by handing the P over
    // to another M (to run a locked goroutine).
    internal const uint32 _Prunning = 1;

    // _Psyscall: its M is in a system call and has a preference for it but no ownership;
    // any M may steal it. Like _Pidle with cheap transitions.
    //
    // Leaving needs a CAS, to steal or to retake. Beware of ABA: an M that wins its old P
    // back must know that others may have used it in between.
    internal const uint32 _Psyscall = 2;

    // _Pgcstop: halted while the world is stopped, owned by the M that stopped it, which
    // goes on using its own P in this state. The run queue is kept; startTheWorld starts
    // the Ps that have one.
    internal const uint32 _Pgcstop = 3;

    // _Pdead: out of use since GOMAXPROCS shrank; reused when it grows.
    internal const uint32 _Pdead = 4;

    // mutex: mutual exclusion between Ms. A few instructions when free, the kernel's futex
    // when contended. Zero is unlocked; lockInit is needed only for lock ranking.
    internal unsafe struct mutex
    {
#if DEBUG
        // The rank. PORT(lockranking): in Go the struct is empty when ranks are not checked;
        // in C# an empty struct takes a byte.
        internal lockRankStruct lockRankStruct;
#endif
        // The futex word (only its low 32 bits).
        internal uintptr key;
    }

    // PORT(closure): funcval, which is a func value. PORT(iface): iface. PORT(eface): eface.

    // note: sleep and wake-up for an event that happens once.
    // noteclear must come before any notesleep or notewakeup; after it exactly one thread
    // may sleep and exactly one may wake, once. A notesleep after the wake-up returns at
    // once. The next noteclear may come only after the sleeper has returned.
    //
    // notetsleep gives up after some time; who gives up must be sure that nobody is in
    // notewakeup any more before it clears the note. notesleep and notetsleep belong on g0,
    // notetsleepg on a goroutine.
    internal struct note
    {
        // The futex word (only its low 32 bits).
        internal uintptr key;
    }

    // The pointer types below are plain words: the structs behind them live in native
    // memory that is never freed, so a word is as good as a pointer.

    // guintptr holds a *g. Gs are published in allgs and never freed.
    // pollDesc.rg and pollDesc.wg hold gs in the same form.
    internal struct guintptr(uintptr v) : IEquatable<guintptr>
    {
        internal uintptr v = v;

        internal readonly unsafe g* ptr() => (g*)v;

        internal unsafe void set(g* g) => v = (uintptr)g;

        internal bool cas(guintptr old, guintptr @new) => atomic.Casuintptr(ref v, old.v, @new.v);

        public static implicit operator guintptr(uintptr v) => new(v);
        public static explicit operator uintptr(guintptr gp) => gp.v;
        public static unsafe explicit operator guintptr(g* gp) => new((uintptr)gp);
        public static bool operator ==(guintptr a, guintptr b) => a.v == b.v;
        public static bool operator !=(guintptr a, guintptr b) => a.v != b.v;
        public readonly bool Equals(guintptr other) => v == other.v;
        public override readonly bool Equals(object? obj) => obj is guintptr other && v == other.v;
        public override readonly int GetHashCode() => v.GetHashCode();
    }

    // setGNoWB stores new in *gp.
    internal static unsafe void setGNoWB(g** gp, g* @new)
    {
        ((guintptr*)gp)->set(@new);
    }

    internal struct puintptr(uintptr v) : IEquatable<puintptr>
    {
        internal uintptr v = v;

        internal readonly unsafe p* ptr() => (p*)v;

        internal unsafe void set(p* p) => v = (uintptr)p;

        public static implicit operator puintptr(uintptr v) => new(v);
        public static explicit operator uintptr(puintptr pp) => pp.v;
        public static bool operator ==(puintptr a, puintptr b) => a.v == b.v;
        public static bool operator !=(puintptr a, puintptr b) => a.v != b.v;
        public readonly bool Equals(puintptr other) => v == other.v;
        public override readonly bool Equals(object? obj) => obj is puintptr other && v == other.v;
        public override readonly int GetHashCode() => v.GetHashCode();
    }

    // muintptr holds a *m.
    internal struct muintptr(uintptr v) : IEquatable<muintptr>
    {
        internal uintptr v = v;

        internal readonly unsafe m* ptr() => (m*)v;

        internal unsafe void set(m* m) => v = (uintptr)m;

        public static implicit operator muintptr(uintptr v) => new(v);
        public static explicit operator uintptr(muintptr mp) => mp.v;
        public static bool operator ==(muintptr a, muintptr b) => a.v == b.v;
        public static bool operator !=(muintptr a, muintptr b) => a.v != b.v;
        public readonly bool Equals(muintptr other) => v == other.v;
        public override readonly bool Equals(object? obj) => obj is muintptr other && v == other.v;
        public override readonly int GetHashCode() => v.GetHashCode();
    }

    // setMNoWB stores new in *mp.
    internal static unsafe void setMNoWB(m** mp, m* @new)
    {
        ((muintptr*)mp)->set(@new);
    }

    // gobuf is where a goroutine goes on: sp names the leaf of its chain of frames.
    // PORT(gobuf): sp is a CLR object that hangs off the native struct by the address of
    // the head of the goroutine's stack; there is no pc, the frame knows its own state.
    internal unsafe struct gobuf
    {
        internal uintptr stk; // address of the head of the stack (asm.cs), 0 on a g0
        internal guintptr g;

        internal readonly frame? sp
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => stackhead.of(stk).sp;
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            set => stackhead.of(stk).sp = value;
        }
    }

    // sudog is a goroutine in a wait list: of a channel, of a semaphore.
    //
    // It exists because the relation is many to many: a goroutine may stand in several
    // lists (select), and several goroutines wait for the same thing. sudogs come from
    // a pool: acquireSudog and releaseSudog.
    internal unsafe struct sudog
    {
        // Protected by the lock of the channel on which this sudog waits.

        internal g* g;

        internal sudog* next;
        internal sudog* prev;
        internal void* elem; // data element; for a semaphore its address

        // Never accessed concurrently. For channels waitlink is only used by g; for
        // semaphores every field, those above too, needs the lock of the semaRoot.

        internal int64 acquiretime;
        internal int64 releasetime;
        internal uint32 ticket;

        // isSelect: g takes part in a select, so the race for the wake-up is decided by
        // a CAS on g.selectDone.
        internal bool isSelect;

        // success: woken because a value came over the channel; false when woken because
        // the channel was closed.
        internal bool success;

        internal sudog* parent; // semaRoot: binary tree
        internal sudog* waitlink; // g.waiting list or semaRoot
        internal sudog* waittail; // semaRoot
        internal void* c; // channel
    }

    // PORT(asm): libcall is for systems that make system calls by libc.

    // heldLockInfo: a lock that is held, and its rank.
    internal struct heldLockInfo
    {
        internal uintptr lockAddr;
        internal lockRank rank;
    }

    internal unsafe struct g
    {
        // PORT(stack): no stack bounds; the chain of frames hangs off sched. stackguard0 is
        // compared at awaits and is 0 normally, stackPreempt to ask for preemption.
        internal uintptr stackguard0;
        // PORT(stack): stackguard1, stktopsp, stackLock, throwsplit, activeStackChans.
        // PORT(panic): _panic, _defer.

        internal m* m; // current m
        internal gobuf sched;
        internal uintptr syscallsp; // not 0 while in a system call. PORT(gobuf): syscallpc
        // param hands a value to a goroutine that is being woken: a channel operation leaves
        // the sudog of the completed operation here.
        internal void* param;
        internal atomic.Uint32 atomicstatus;
        internal int32 asked; // PORT(morestack): counted in preempting
        internal uint64 goid;
        internal guintptr schedlink;
        internal int64 waitsince; // about when the goroutine blocked
        internal waitReason waitreason; // if status==_Gwaiting

        internal bool preempt; // preemption signal, duplicates stackguard0 = stackPreempt
        internal bool preemptStop; // go to _Gpreempted on preemption, otherwise only give way
        internal bool preemptShrink; // PORT(gcwork): leave the frames to the collector at the end

        // PORT(panic): paniconfault.
        internal bool gcscandone; // markroot has looked at this g; protected as markroot says

        // parkingOnChan: about to park on a channel operation.
        internal atomic.Bool parkingOnChan;

        // PORT(race): raceignore, racectx. PORT(trace): sysblocktraced, sysexitticks, traceseq,
        // tracelastp.
        internal bool tracking; // whether the scheduling latency of this goroutine is tracked
        internal uint8 trackingSeq; // used to decide that
        internal int64 trackingStamp; // when tracking started last
        internal int64 runnableTime; // time spent runnable, reset when running, while tracking
        internal muintptr lockedm;
        internal byteslice writebuf; // PORT(slice)
        // PORT(signal): sig, sigcode0, sigcode1, sigpc. PORT(gopc): gopc, startpc; the stack
        // object has what they are for. PORT(ancestors): ancestors.
        internal sudog* waiting; // the sudogs this goroutine waits on, in lock order
        // PORT(cgo): cgoCtxt. PORT(prof): labels, goroutineProfiled.
        internal timer* timer; // cached timer for time.Sleep
        internal atomic.Uint32 selectDone; // in a select: has somebody won the race?
        // PORT(assist): gcAssistBytes.
    }

    // gTrackingPeriod is the number of transitions out of _Grunning between two that are
    // tracked for latency.
    internal const int gTrackingPeriod = 8;

    // PORT(getg): tlsSlots and tlsSize, the size of m.tls.

    // Values of m.freeWait.
    internal const uint32 freeMStack = 0; // M is done, free stack and reference.
    internal const uint32 freeMRef = 1; // M is done, free reference.
    internal const uint32 freeMWait = 2; // M is still in use.

    internal unsafe struct m
    {
        internal g* g0; // goroutine of the scheduler
        // PORT(stack): morebuf. PORT(generic): divmod.
        internal uint64 procid; // thread id
        // PORT(mcall): the function that mcall recorded, to be run on g0, and the goroutine
        // that gogo recorded, to be switched to; see asm.cs.
        internal delegate*<g*, void> mcallfn;
        internal guintptr gogo;
        internal delegate*<void> mstartfn;
        // PORT(signal): caughtsig, newSigstack, signalPending.
        internal g* curg; // current running goroutine
        internal puintptr p; // attached p for running Go code (0 if not running Go code)
        internal puintptr nextp;
        internal puintptr oldp; // the p that was attached before a system call
        internal int64 id;
        internal int32 mallocing;
        internal throwType throwing;
        internal byte* preemptoff; // if not null, keep curg running on this m; text for tracebacks
        internal int32 locks;
        internal int32 dying;
        // PORT(prof): profilehz, createstack. PORT(trace): startingtrace.
        internal bool spinning; // out of work and actively looking for some
        internal bool blocked; // blocked on a note
        internal int8 printlock;
        internal bool isextra; // lent to a foreign thread
        internal atomic.Uint32 freeWait; // whether the m may be freed
        internal uint64 fastrand;
        // PORT(cgo): incgo, needextram, ncgocall, ncgo, cgoCallersUse, cgoCallers.
        internal uint8 traceback;
        internal note park;
        internal m* alllink; // on allm
        internal muintptr schedlink;
        internal guintptr lockedg;
        internal uint32 lockedExt; // count of LockOSThread
        internal uint32 lockedInt; // count of lockOSThread
        internal muintptr nextwaitm; // next m that waits for a lock
        internal delegate*<g*, void*, bool> waitunlockf;
        internal void* waitlock;
        internal uint8 waittraceev;
        internal int waittraceskip;
        internal uint32 syscalltick;
        internal m* freelink; // on sched.freem
        // PORT(asm): libcall, libcallpc, libcallsp, libcallg, syscall. PORT(vdso): vdsoSP, vdsoPC.

        // preemptGen counts completed preemptions.
        internal atomic.Uint32 preemptGen;

        // PORT(print): dlogPerM. PORT(stack): mOS, which has the stack of signal handlers.

        // Up to 10 locks held by this m, kept by the lock ranking code.
        internal int locksHeldLen;
        internal locksHeldArray locksHeld;
    }

    [InlineArray(10)]
    internal struct locksHeldArray
    {
        private heldLockInfo e;
    }

    [InlineArray(256)]
    internal struct runqArray
    {
        private guintptr e;
    }

    [InlineArray(128)]
    internal struct sudogbufArray
    {
        private ptr<sudog> e;
    }

    // The free list of dead goroutines that a P caches.
    internal struct pgFree
    {
        internal gList gList;
        internal int32 n;
    }

    internal unsafe struct p
    {
        internal int32 id;
        internal uint32 status; // one of _Pidle, _Prunning, ...
        internal puintptr link;
        internal uint32 schedtick; // incremented on every scheduler call
        internal uint32 syscalltick; // incremented on every system call
        internal sysmontick sysmontick; // last tick seen by sysmon
        internal muintptr m; // back-link to the m (0 if idle)
        // PORT(heap): mcache, pcache, mspancache, statsSeq, pageTraceBuf. PORT(race): raceprocctx,
        // timerRaceCtx. PORT(panic): deferpool, deferpoolbuf.

        // Cache of goroutine ids: spares sched.goidgen.
        internal uint64 goidcache;
        internal uint64 goidcacheend;

        // Queue of runnable goroutines. Accessed without a lock.
        internal uint32 runqhead;
        internal uint32 runqtail;
        internal runqArray runq;
        // runnext, if not 0, is a goroutine that the running one made ready and that is to
        // run next instead of what is in runq, if there is time left in the time slice,
        // which it inherits. Goroutines that talk to each other in turn are so scheduled as
        // a unit, without the latency of going through the end of the queue each time.
        //
        // Other Ps may CAS it to 0; only the owner may CAS it to a goroutine.
        internal guintptr runnext;

        // PORT(preemptpark): the goroutine that ran last was asked to give way, and parked or
        // ended. runnext does not inherit its time slice.
        internal bool runnextends;

        // Dead goroutines (status == _Gdead) for reuse.
        internal pgFree gFree;

        internal int sudogcache; // PORT(sudogcache): len of the cache in sudogbuf
        internal sudogbufArray sudogbuf;

        // PORT(trace): tracebuf, traceSweep, traceSwept, traceReclaimed.

        internal persistentAlloc palloc; // per P, to avoid the lock

        // The when of the first timer in the heap; 0 if the heap is empty.
        internal atomic.Int64 timer0When;

        // The earliest known nextwhen of a timer that is in timerModifiedEarlier. The timer
        // may have been modified again, so none needs to have this value. 0 if there is none.
        internal atomic.Int64 timerModifiedEarliest;

        // PORT(assist): gcAssistTime. PORT(limiter): limiterEvent.
        // What the collector keeps per P.
        internal int64 gcFractionalMarkTime; // nanoseconds in the fractional worker; atomic

        // gcMarkWorkerMode is the mode of the worker that runs next: it goes from the scheduler
        // to the worker, and the worker clears it when it has taken it over.
        internal gcMarkWorkerMode gcMarkWorkerMode;
        // gcMarkWorkerStartTime is the nanotime() at which the last worker started.
        internal int64 gcMarkWorkerStartTime;

        // gcw is this P's work for the collector: what was found and is not done yet. It is
        // filled by goroutines that die, and drained by workers and at safe points.
        internal gcWork gcw;

        // PORT(wb): wbBuf.

        internal uint32 runSafePointFn; // if 1, run sched.safePointFn at the next safe point

        // Protects timers. Mostly used by this P itself, but the scheduler may use it from
        // another P.
        internal mutex timersLock;

        // Actions to take at some time: the heap of timers. Needs timersLock.
        internal slice<timer> timers;

        // Number of timers in the heap.
        internal atomic.Uint32 numTimers;

        // Number of timerDeleted timers in the heap.
        internal atomic.Uint32 deletedTimers;

        // PORT(stack): maxStackScanDelta, scannedStackSize, scannedStacks.

        // preempt: this P should enter the scheduler as soon as possible, whatever
        // goroutine runs on it.
        internal bool preempt;
    }

    // schedt.disable: selective disabling of the scheduler, by schedEnableUser. Needs sched.lock.
    internal struct schedtDisable
    {
        // user: no user goroutines are scheduled.
        internal bool user;
        internal gQueue runnable; // pending runnable goroutines
        internal int32 n; // length of runnable
    }

    // schedt.gFree: global cache of dead goroutines.
    internal struct schedtgFree
    {
        internal mutex @lock;
        internal gList stack; // with stack object
        internal gList noStack; // without
        internal int32 n;
    }

    internal unsafe struct schedt
    {
        // PORT(panic): deferlock, deferpool. PORT(prof): profilehz. PORT(metrics): timeToRun.
        internal atomic.Uint64 goidgen;
        internal atomic.Int64 lastpoll; // time of the last network poll, 0 if polling now
        internal atomic.Int64 pollUntil; // time to which the current poll sleeps

        internal mutex @lock;

        // Who increases nmidle, nmidlelocked, nmsys or nmfreed must call checkdead().

        internal muintptr midle; // idle m's waiting for work
        internal int32 nmidle; // number of idle m's waiting for work
        internal int32 nmidlelocked; // number of locked m's waiting for work
        internal int64 mnext; // number of m's created, and the next id
        internal int32 maxmcount; // maximum number of m's (or die)
        internal int32 nmsys; // number of system m's not counted for deadlock
        internal int64 nmfreed; // number of freed m's so far

        internal atomic.Int32 ngsys; // number of system goroutines

        internal puintptr pidle; // idle p's
        internal atomic.Int32 npidle;
        internal atomic.Int32 nmspinning; // See the text on parking and unparking threads in proc.cs.
        internal atomic.Uint32 needspinning; // See the same text. Boolean. Set to 1 only under sched.lock.

        // Global queue of runnable goroutines.
        internal gQueue runq;
        internal int32 runqsize;

        internal schedtDisable disable;

        internal schedtgFree gFree;

        // Central cache of sudogs.
        internal mutex sudoglock;
        internal sudog* sudogcache;

        // freem: the m's that wait to be freed once they have exited. Linked by m.freelink.
        internal m* freem;

        internal atomic.Bool gcwaiting; // somebody waits to stop the world
        internal int32 stopwait;
        internal note stopnote;
        internal atomic.Bool sysmonwait;
        internal note sysmonnote;

        // safePointFn is to be called on each P at its next safe point if
        // p.runSafePointFn is set.
        internal delegate*<p*, void> safePointFn;
        internal int32 safePointWait;
        internal note safePointNote;

        internal int64 procresizetime; // nanotime() of the last change of gomaxprocs
        internal int64 totaltime; // ∫gomaxprocs dt up to procresizetime

        // Protects what sysmon does to the runtime: hold it to keep sysmon out.
        internal mutex sysmonlock;

        // idleTime is the time that Ps were idle. Reset by each cycle of the collector.
        internal atomic.Int64 idleTime;

        // totalMutexWaitTime: time that goroutines spent in _Gwaiting for a sync mutex.
        internal atomic.Int64 totalMutexWaitTime;
    }

    // PORT(signal): the flags of sigTabT: _SigNotify, _SigKill, _SigThrow, _SigPanic, _SigDefault,
    // _SigGoExit, _SigSetStack, _SigUnblock, _SigIgn.

    // PORT(traceback): _func and funcinl, the linker's tables. PORT(iface): itab.

    // lfnode is the first field of a node of an lfstack.
    internal struct lfnode
    {
        internal uint64 next;
        internal uintptr pushcnt;
    }

    internal struct forcegcstate
    {
        internal mutex @lock;
        internal unsafe g* g;
        internal atomic.Bool idle;
        // PORT(gctrigger): the kind of the cycle that who readies g wants. Needs lock.
        internal int32 kind;
    }

    internal const uint _TraceRuntimeFrames = 1 << 0; // include the runtime's own frames
    // PORT(traceback): _TraceTrap and _TraceJumpStack are about registers and stacks.

    // The most frames that a traceback prints.
    internal const int _TracebackMaxFrames = 100;

    // A waitReason says why a goroutine waits. See gopark. Never reuse one, add new ones.
    internal readonly struct waitReason(uint8 w) : IEquatable<waitReason>
    {
        internal readonly uint8 w = w;

        public static implicit operator waitReason(int w) => new((uint8)w);
        public static bool operator ==(waitReason a, waitReason b) => a.w == b.w;
        public static bool operator !=(waitReason a, waitReason b) => a.w != b.w;
        public bool Equals(waitReason other) => w == other.w;
        public override bool Equals(object? obj) => obj is waitReason other && w == other.w;
        public override int GetHashCode() => w;
        public override string ToString() => String();

        internal string String()
        {
            // PORT(generic): w < 0 cannot be.
            if (w >= waitReasonStrings.Length)
            {
                return "unknown wait reason";
            }
            return waitReasonStrings[w];
        }

        internal bool isMutexWait()
        {
            return w == waitReasonSyncMutexLock ||
                w == waitReasonSyncRWMutexRLock ||
                w == waitReasonSyncRWMutexLock;
        }
    }

    internal const int waitReasonZero = 0; // ""
    internal const int waitReasonGCAssistMarking = 1; // "GC assist marking"
    internal const int waitReasonIOWait = 2; // "IO wait"
    internal const int waitReasonChanReceiveNilChan = 3; // "chan receive (nil chan)"
    internal const int waitReasonChanSendNilChan = 4; // "chan send (nil chan)"
    internal const int waitReasonDumpingHeap = 5; // "dumping heap"
    internal const int waitReasonGarbageCollection = 6; // "garbage collection"
    internal const int waitReasonGarbageCollectionScan = 7; // "garbage collection scan"
    internal const int waitReasonPanicWait = 8; // "panicwait"
    internal const int waitReasonSelect = 9; // "select"
    internal const int waitReasonSelectNoCases = 10; // "select (no cases)"
    internal const int waitReasonGCAssistWait = 11; // "GC assist wait"
    internal const int waitReasonGCSweepWait = 12; // "GC sweep wait"
    internal const int waitReasonGCScavengeWait = 13; // "GC scavenge wait"
    internal const int waitReasonChanReceive = 14; // "chan receive"
    internal const int waitReasonChanSend = 15; // "chan send"
    internal const int waitReasonFinalizerWait = 16; // "finalizer wait"
    internal const int waitReasonForceGCIdle = 17; // "force gc (idle)"
    internal const int waitReasonSemacquire = 18; // "semacquire"
    internal const int waitReasonSleep = 19; // "sleep"
    internal const int waitReasonSyncCondWait = 20; // "sync.Cond.Wait"
    internal const int waitReasonSyncMutexLock = 21; // "sync.Mutex.Lock"
    internal const int waitReasonSyncRWMutexRLock = 22; // "sync.RWMutex.RLock"
    internal const int waitReasonSyncRWMutexLock = 23; // "sync.RWMutex.Lock"
    internal const int waitReasonTraceReaderBlocked = 24; // "trace reader (blocked)"
    internal const int waitReasonWaitForGCCycle = 25; // "wait for GC cycle"
    internal const int waitReasonGCWorkerIdle = 26; // "GC worker (idle)"
    internal const int waitReasonGCWorkerActive = 27; // "GC worker (active)"
    internal const int waitReasonPreempted = 28; // "preempted"
    internal const int waitReasonDebugCall = 29; // "debug call"
    internal const int waitReasonGCMarkTermination = 30; // "GC mark termination"
    internal const int waitReasonStoppingTheWorld = 31; // "stopping the world"
    // PORT(foreign): waiting for an awaitable that is not the port's own.
    internal const int waitReasonForeign = 32; // "await"

    internal static readonly string[] waitReasonStrings =
    [
        "",
        "GC assist marking",
        "IO wait",
        "chan receive (nil chan)",
        "chan send (nil chan)",
        "dumping heap",
        "garbage collection",
        "garbage collection scan",
        "panicwait",
        "select",
        "select (no cases)",
        "GC assist wait",
        "GC sweep wait",
        "GC scavenge wait",
        "chan receive",
        "chan send",
        "finalizer wait",
        "force gc (idle)",
        "semacquire",
        "sleep",
        "sync.Cond.Wait",
        "sync.Mutex.Lock",
        "sync.RWMutex.RLock",
        "sync.RWMutex.Lock",
        "trace reader (blocked)",
        "wait for GC cycle",
        "GC worker (idle)",
        "GC worker (active)",
        "preempted",
        "debug call",
        "GC mark termination",
        "stopping the world",
        "await",
    ];

    internal static unsafe m* allm;
    internal static int32 gomaxprocs;
    internal static int32 ncpu;
    internal static readonly unsafe forcegcstate* forcegc = @new<forcegcstate>();
    internal static readonly unsafe schedt* sched = @new<schedt>();
    internal static int32 newprocs;

    // allpLock protects reads without a P and changes of the size of allp, idlepMask and
    // timerpMask, and all writes to allp.
    internal static readonly unsafe mutex* allpLock = @new<mutex>();
    // len(allp) == gomaxprocs; may change at safe points, otherwise immutable.
    internal static unsafe p*[] allp = [];
    // Bit mask of the Ps on the idle list, one bit each. Reads and writes must be atomic.
    // The length may change at safe points.
    //
    // A P updates only its own bit. To stay consistent, a P that goes idle must set its bit
    // together with the update of the list, under sched.lock; otherwise a racing pidleget
    // could clear the bit before pidleput sets it.
    //
    // procresize takes ownership of all Ps in stopTheWorldWithSema.
    internal static pMask idlepMask = new([]);
    // Bit mask of the Ps that may have a timer, one bit each. Reads and writes must be
    // atomic. The length may change at safe points.
    internal static pMask timerpMask = new([]);

    // Pool of the collector's background workers. Entries are gcBgMarkWorkerNode.
    internal static lfstack gcBgMarkWorkerPool;

    // Number of background workers. Needs worldsema.
    internal static int32 gcBgMarkWorkerCount;

    // PORT(hosted): Go's linker sets it for -buildmode=c-shared; here it is set when the
    // runtime was started inside a process with a life of its own.
    internal static bool islibrary;
    internal static bool isarchive;

    // PORT(stack): framepointer_enabled.
}
