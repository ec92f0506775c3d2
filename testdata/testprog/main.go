// Command testprog is the program that the crash tests run as a child: each sub-command is a
// way for a program to end, or to go on. main.cs beside this file is the same program.
package main

import (
	"errors"
	"net"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

var cmds = map[string]func(){
	"SimpleDeadlock":                 SimpleDeadlock,
	"LockedDeadlock":                 LockedDeadlock,
	"LockedDeadlock2":                LockedDeadlock2,
	"GoexitDeadlock":                 GoexitDeadlock,
	"WaitGroupDeadlock":              WaitGroupDeadlock,
	"PollDeadlock":                   PollDeadlock,
	"RecursivePanic":                 RecursivePanic,
	"RecursivePanic2":                RecursivePanic2,
	"RecursivePanic3":                RecursivePanic3,
	"RecursivePanic5":                RecursivePanic5,
	"GoexitExit":                     GoexitExit,
	"GoNil":                          GoNil,
	"MainGoroutineID":                MainGoroutineID,
	"NoHelperGoroutines":             NoHelperGoroutines,
	"GoexitInPanic":                  GoexitInPanic,
	"PanicAfterGoexit":               PanicAfterGoexit,
	"RecoveredPanicAfterGoexit":      RecoveredPanicAfterGoexit,
	"SyscallInPanic":                 SyscallInPanic,
	"PanicLoop":                      PanicLoop,
	"ErrorPanic":                     ErrorPanic,
	"DoubleErrorPanic":               DoubleErrorPanic,
	"CircularPanic":                  CircularPanic,
	"StringPanic":                    StringPanic,
	"NilPanic":                       NilPanic,
	"IntPanic":                       IntPanic,
	"PanicError":                     PanicError,
	"PanicCustom":                    PanicCustom,
	"PanicGoroutine":                 PanicGoroutine,
	"PanicAfterPark":                 PanicAfterPark,
	"PanicDefer":                     PanicDefer,
	"PanicRecovered":                 PanicRecovered,
	"NetpollDeadlock":                NetpollDeadlock,
	"NetpollWait":                    NetpollWait,
	"MainReturns":                    MainReturns,
	"Exit":                           Exit,
	"GOMAXPROCS":                     GOMAXPROCS,
	"Sleep":                          Sleep,
	"Spin":                           Spin,
	"BlockedRead":                    BlockedRead,
	"LockedMain":                     LockedMain,
	"Crash":                          Crash,
	"GCFairness":                     GCFairness,
	"GCFairness2":                    GCFairness2,
	"LockOSThreadTemplateThreadRace": LockOSThreadTemplateThreadRace,
	"Dump":                           Dump,
	"Stack":                          Stack,
	"PanicTree":                      PanicTree,
}

func main() {
	if len(os.Args) < 2 {
		println("usage: " + os.Args[0] + " name-of-test")
		return
	}
	if os.Args[1] == "TESTMISUSE" {
		TESTMISUSE(os.Args[2])
		return
	}
	f := cmds[os.Args[1]]
	if f == nil {
		println("unknown function: " + os.Args[1])
		return
	}
	f()
}

func print1(s string) {
	os.Stdout.WriteString(s + "\n")
}

// forever waits for a lock that nobody will unlock.
func forever() {
	var mu sync.Mutex
	mu.Lock()
	mu.Lock()
}

func SimpleDeadlock() {
	select {}
	panic("not reached")
}

func LockedDeadlock() {
	runtime.LockOSThread()
	select {}
}

func LockedDeadlock2() {
	go func() {
		runtime.LockOSThread()
		select {}
	}()
	time.Sleep(time.Millisecond)
	select {}
}

func GoexitDeadlock() {
	F := func() {
		for i := 0; i < 10; i++ {
		}
	}

	go F()
	go F()
	runtime.Goexit()
}

func WaitGroupDeadlock() {
	var wg sync.WaitGroup
	wg.Add(1)
	wg.Wait()
}

// PollDeadlock uses the poller and closes what it used: nothing is left that could happen.
func PollDeadlock() {
	r, w, err := os.Pipe()
	if err != nil {
		panic(err)
	}
	r.SetReadDeadline(time.Now().Add(time.Millisecond))
	var b [1]byte
	if _, err := r.Read(b[:]); !os.IsTimeout(err) {
		panic("Read: no timeout")
	}
	r.Close()
	w.Close()
	print1("closed")
	forever()
}

func RecursivePanic() {
	func() {
		defer func() {
			print1(recover().(string))
		}()
		func() {
			defer func() {
				if err := recover(); err != nil {
					panic("wrap: " + err.(string))
				}
			}()
			panic("bad")
		}()
	}()
	panic("again")
}

func RecursivePanic2() {
	func() {
		defer func() {
			print1(recover().(string))
		}()
		func() {
			defer func() {
				panic("second panic")
			}()
			defer func() {
				print1(recover().(string))
			}()
			panic("first panic")
		}()
	}()
	panic("third panic")
}

func RecursivePanic3() {
	defer func() {
		defer func() {
			recover()
		}()
		panic("second panic")
	}()
	panic("first panic")
}

func RecursivePanic5() {
	one()
	panic("third panic")
}

//go:noinline
func one() {
	two()
}

//go:noinline
func two() {
	defer func() {
	}()

	three()
}

//go:noinline
func three() {
	defer func() {
	}()

	defer func() {
		print1(recover().(string))
	}()

	defer func() {
		print1(recover().(string))
		panic("second panic")
	}()

	panic("first panic")
}

func GoexitExit() {
	print1("t1")
	go func() {
		time.Sleep(time.Millisecond)
	}()
	i := 0
	print1("t2")
	runtime.SetFinalizer(&i, func(p *int) {})
	print1("t3")
	runtime.GC()
	print1("t4")
	runtime.Goexit()
}

func GoNil() {
	defer func() {
		recover()
	}()
	var f func()
	go f()
	select {}
}

func MainGoroutineID() {
	panic("test")
}

func NoHelperGoroutines() {
	i := 0
	runtime.SetFinalizer(&i, func(p *int) {})
	time.AfterFunc(time.Hour, func() {})
	// The poller and a thread for sysmon are there by now, too.
	r, _, err := os.Pipe()
	if err != nil {
		panic(err)
	}
	r.SetReadDeadline(time.Now().Add(time.Hour))
	time.Sleep(time.Millisecond)
	panic("oops")
}

func GoexitInPanic() {
	go func() {
		defer func() {
			runtime.Goexit()
		}()
		panic("hello")
	}()
	runtime.Goexit()
}

func PanicAfterGoexit() {
	defer func() {
		panic("hello")
	}()
	runtime.Goexit()
}

func RecoveredPanicAfterGoexit() {
	defer func() {
		defer func() {
			r := recover()
			if r == nil {
				panic("bad recover")
			}
		}()
		panic("hello")
	}()
	runtime.Goexit()
}

type errorThatPrint struct{}

func (errorThatPrint) Error() string {
	syscall.Write(1, []byte("1\n"))
	syscall.Write(1, []byte("2\n"))
	return "3"
}

func SyscallInPanic() {
	panic(errorThatPrint{})
}

type panicError struct{}

func (*panicError) Error() string {
	panic("double error")
}

func PanicLoop() {
	panic(&panicError{})
}

type exampleError struct{}

func (e exampleError) Error() string {
	panic("important error message")
}

func ErrorPanic() {
	panic(exampleError{})
}

type examplePanicError struct{}

func (e examplePanicError) Error() string {
	panic(exampleError{})
}

func DoubleErrorPanic() {
	panic(examplePanicError{})
}

type exampleCircleStartError struct{}

func (e exampleCircleStartError) Error() string {
	panic(exampleCircleEndError{})
}

type exampleCircleEndError struct{}

func (e exampleCircleEndError) Error() string {
	panic(exampleCircleStartError{})
}

func CircularPanic() {
	panic(exampleCircleStartError{})
}

func StringPanic() {
	panic("important string message")
}

func NilPanic() {
	panic(nil)
}

func IntPanic() {
	panic(42)
}

func PanicError() {
	panic(errors.New("an error"))
}

type custom struct{ text string }

func PanicCustom() {
	panic(custom{"custom"})
}

func PanicGoroutine() {
	go func() {
		panic("goroutine")
	}()
	forever()
}

func PanicAfterPark() {
	parks()
}

func parks() {
	time.Sleep(time.Millisecond)
	panic("parked")
}

func PanicDefer() {
	defer print1("deferred 2")
	defer func() {
		time.Sleep(time.Millisecond)
		print1("deferred 1")
	}()
	panic("defer")
}

func PanicRecovered() {
	func() {
		defer func() {
			print1("recovered " + recover().(string))
		}()
		parks()
	}()
	print1("done")
}

func NetpollDeadlock() {
	print1("dialing")
	c, err := net.Dial("tcp", "127.0.0.1:14356")
	if err == nil {
		c.Close()
	} else {
		print1("error: " + err.Error())
	}
	print1("done")
}

// NetpollWait waits for the network only, which is no deadlock.
func NetpollWait() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	print1("listening")
	// The parent kills the process, or ends standard input.
	go func() {
		var b [1]byte
		os.Stdin.Read(b[:])
		l.Close()
	}()
	_, err = l.Accept()
	if !errors.Is(err, net.ErrClosed) {
		panic(err)
	}
	print1("closed")
}

func MainReturns() {
	for i := 0; i < 4; i++ {
		go forever()
		go func() {
			for {
				runtime.Gosched()
			}
		}()
	}
	time.Sleep(time.Millisecond)
	print1("main returns")
}

func Exit() {
	for i := 0; i < 4; i++ {
		go func() {
			for {
				runtime.Gosched()
			}
		}()
	}
	time.Sleep(time.Millisecond)
	defer print1("not reached")
	os.Exit(3)
}

func GOMAXPROCS() {
	print1(strconv.Itoa(runtime.GOMAXPROCS(0)))
	old := runtime.GOMAXPROCS(3)
	print1(strconv.Itoa(old))
	print1(strconv.Itoa(runtime.GOMAXPROCS(old)))
	print1(strconv.Itoa(runtime.GOMAXPROCS(-1)))
}

// Sleep: while main sleeps nothing else is there, which is no deadlock.
func Sleep() {
	t := time.Now()
	time.Sleep(100 * time.Millisecond)
	if time.Since(t) < 100*time.Millisecond {
		print1("too short")
	}
	print1("slept")
}

// Spin keeps two goroutines busy for a while.
func Spin() {
	t := time.Now()
	var wg sync.WaitGroup
	for i := 0; i < 2; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for time.Since(t) < 300*time.Millisecond {
				runtime.Gosched()
			}
		}()
	}
	wg.Wait()
	print1("spun")
}

// BlockedRead: a goroutine in a system call that blocks keeps its thread, not its P.
func BlockedRead() {
	var p [2]int
	if err := syscall.Pipe(p[:]); err != nil {
		panic(err)
	}
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		print1("reading")
		var b [1]byte
		n, err := syscall.Read(p[0], b[:])
		if err != nil {
			panic(err)
		}
		print1("read " + string(b[:n]))
	}()
	// The other goroutine runs, and blocks with the only P.
	runtime.Gosched()
	for i := 0; i < 100; i++ {
		runtime.Gosched()
	}
	print1("main goes on")
	time.Sleep(10 * time.Millisecond)
	print1("main slept")
	syscall.Write(p[1], []byte("x"))
	wg.Wait()
	print1("done")
}

// waiters starts goroutines that wait in several ways, each for ever.
func waiters() {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	var mu sync.Mutex
	mu.Lock()
	c := make(chan int)
	d := make(chan int)
	go func() { accept(ln) }()
	go func() { <-c }()
	go func() {
		d <- 1
	}()
	go func() {
		e := make(chan int)
		select {
		case <-e:
		case <-make(chan int):
		}
	}()
	go func() { time.Sleep(time.Hour) }()
	go func() {
		runtime.LockOSThread()
		mu.Lock()
	}()
	// Until all of them wait.
	buf := make([]byte, 1<<16)
	for {
		runtime.Gosched()
		s := string(buf[:runtime.Stack(buf, true)])
		if !strings.Contains(s, " [runnable") && !strings.Contains(s, " [syscall") && strings.Count(s, " [running") == 1 {
			break
		}
	}
}

func accept(ln net.Listener) {
	ln.Accept()
}

// Dump waits for a signal.
func Dump() {
	waiters()
	print1("ready")
	forever()
}

// Stack prints its own stack and then everybody's.
func Stack() {
	waiters()
	buf := make([]byte, 1<<16)
	n := runtime.Stack(buf, false)
	os.Stdout.Write(buf[:n])
	print1("all")
	n = runtime.Stack(buf, true)
	os.Stdout.Write(buf[:n])
}

// PanicTree panics while others wait.
func PanicTree() {
	waiters()
	panic("tree")
}

// LockedMain: goroutine 1 stays on the first thread while others come and go.
func LockedMain() {
	runtime.LockOSThread()
	tid := syscall.Gettid()
	if tid != syscall.Getpid() {
		panic("main is not on the first thread")
	}
	for i := 0; i < 100; i++ {
		var wg sync.WaitGroup
		wg.Add(2)
		for j := 0; j < 2; j++ {
			go func() {
				defer wg.Done()
				if syscall.Gettid() == tid {
					panic("a goroutine on main's thread")
				}
				runtime.Gosched()
			}()
		}
		wg.Wait()
		if syscall.Gettid() != tid {
			panic("main has left its thread")
		}
	}
	runtime.UnlockOSThread()
	print1("locked")
}

func test(name string) {
	defer func() {
		if x := recover(); x != nil {
			os.Stdout.WriteString(" recovered")
		}
		os.Stdout.WriteString(" done\n")
	}()
	os.Stdout.WriteString(name + ":")
	var s *string
	_ = *s
	os.Stdout.WriteString("SHOULD NOT BE HERE")
}

func testInNewThread(name string) {
	c := make(chan bool)
	go func() {
		runtime.LockOSThread()
		test(name)
		c <- true
	}()
	<-c
}

func Crash() {
	runtime.LockOSThread()
	test("main")
	testInNewThread("new-thread")
	testInNewThread("second-new-thread")
	test("main-again")
}

func GCFairness() {
	runtime.GOMAXPROCS(1)
	f, err := os.Open("/dev/null")
	if os.IsNotExist(err) {
		// Only fast writes show anything.
		// Without a /dev/null there is nothing to do.
		print1("OK")
		return
	}
	if err != nil {
		print1(err.Error())
		os.Exit(1)
	}
	for i := 0; i < 2; i++ {
		go func() {
			for {
				f.Write([]byte("."))
			}
		}()
	}
	time.Sleep(10 * time.Millisecond)
	print1("OK")
}

// GCFairness2: the collector's goroutines come before others, and whoever collects all the
// time cannot use that to keep others from running. Go's issue 15706.
func GCFairness2() {
	runtime.GOMAXPROCS(1)
	go func() {
		for {
			runtime.GC()
		}
	}()
	var count [3]int64
	var sink [3]any
	for i := range count {
		go func(i int) {
			for {
				sink[i] = make([]byte, 1024)
				atomic.AddInt64(&count[i], 1)
			}
		}(i)
	}
	// If it is very bad this does not even end.
	//
	// All should have run by then; if not, which may be
	// because the machine is busy, they
	// get more time.
	time.Sleep(30 * time.Millisecond)
	var fail bool
	for i := range count {
		if atomic.LoadInt64(&count[i]) == 0 {
			fail = true
		}
	}
	if fail {
		time.Sleep(1 * time.Second)
		for i := range count {
			if atomic.LoadInt64(&count[i]) == 0 {
				print1("goroutine " + strconv.Itoa(i) + " did not run")
				return
			}
		}
	}
	print1("OK")
}

// LockOSThreadTemplateThreadRace: two goroutines lock themselves to their threads while the world
// is stopped again and again. Go's issue 38931, where it hung in one of 50 runs.
func LockOSThreadTemplateThreadRace() {
	// Ps for everybody, though with fewer than 4 CPUs it is up to the kernel
	// what runs at the same time.
	runtime.GOMAXPROCS(4)

	go func() {
		// Stop the world.
		for {
			runtime.GC()
		}
	}()

	// Both lock at about the same time.
	start := time.Now().Add(10 * time.Millisecond)

	var wg sync.WaitGroup
	wg.Add(2)

	for i := 0; i < 2; i++ {
		go func() {
			for time.Now().Before(start) {
			}

			// Work on the local queue, so that
			// handoffp starts an M soon.
			go func() {}()

			runtime.LockOSThread()
			runtime.Gosched()
			wg.Done()
		}()
	}

	wg.Wait()
	// Both have it.
	print1("OK")
}

var misuseTests = map[string]func(){
	"Mutex.Unlock": func() {
		var mu sync.Mutex
		mu.Unlock()
	},
	"Mutex.Unlock2": func() {
		var mu sync.Mutex
		mu.Lock()
		mu.Unlock()
		mu.Unlock()
	},
	"RWMutex.Unlock": func() {
		var mu sync.RWMutex
		mu.Unlock()
	},
	"RWMutex.Unlock2": func() {
		var mu sync.RWMutex
		mu.RLock()
		mu.Unlock()
	},
	"RWMutex.Unlock3": func() {
		var mu sync.RWMutex
		mu.Lock()
		mu.Unlock()
		mu.Unlock()
	},
	"RWMutex.RUnlock": func() {
		var mu sync.RWMutex
		mu.RUnlock()
	},
	"RWMutex.RUnlock2": func() {
		var mu sync.RWMutex
		mu.Lock()
		mu.RUnlock()
	},
	"RWMutex.RUnlock3": func() {
		var mu sync.RWMutex
		mu.RLock()
		mu.RUnlock()
		mu.RUnlock()
	},
}

func TESTMISUSE(name string) {
	f := misuseTests[name]
	if f == nil {
		print1("unknown test")
		os.Exit(0)
	}
	func() {
		defer func() { recover() }()
		f()
	}()
	print1("test completed")
	os.Exit(0)
}
