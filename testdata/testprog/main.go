// Command testprog is the program that the crash tests run as a child: each sub-command is a
// way for a program to end, or to go on. main.cs beside this file is the same program.
package main

import (
	"errors"
	"net"
	"os"
	"runtime"
	"strconv"
	"sync"
	"syscall"
	"time"
)

var cmds = map[string]func(){
	"SimpleDeadlock":            SimpleDeadlock,
	"LockedDeadlock":            LockedDeadlock,
	"LockedDeadlock2":           LockedDeadlock2,
	"GoexitDeadlock":            GoexitDeadlock,
	"WaitGroupDeadlock":         WaitGroupDeadlock,
	"PollDeadlock":              PollDeadlock,
	"RecursivePanic":            RecursivePanic,
	"RecursivePanic2":           RecursivePanic2,
	"RecursivePanic3":           RecursivePanic3,
	"RecursivePanic5":           RecursivePanic5,
	"GoexitExit":                GoexitExit,
	"GoNil":                     GoNil,
	"MainGoroutineID":           MainGoroutineID,
	"NoHelperGoroutines":        NoHelperGoroutines,
	"GoexitInPanic":             GoexitInPanic,
	"PanicAfterGoexit":          PanicAfterGoexit,
	"RecoveredPanicAfterGoexit": RecoveredPanicAfterGoexit,
	"SyscallInPanic":            SyscallInPanic,
	"PanicLoop":                 PanicLoop,
	"ErrorPanic":                ErrorPanic,
	"DoubleErrorPanic":          DoubleErrorPanic,
	"StringPanic":               StringPanic,
	"NilPanic":                  NilPanic,
	"IntPanic":                  IntPanic,
	"PanicError":                PanicError,
	"PanicCustom":               PanicCustom,
	"PanicGoroutine":            PanicGoroutine,
	"PanicAfterPark":            PanicAfterPark,
	"PanicDefer":                PanicDefer,
	"PanicRecovered":            PanicRecovered,
	"NetpollDeadlock":           NetpollDeadlock,
	"NetpollWait":               NetpollWait,
	"MainReturns":               MainReturns,
	"Exit":                      Exit,
	"GOMAXPROCS":                GOMAXPROCS,
	"Sleep":                     Sleep,
	"Spin":                      Spin,
	"BlockedRead":               BlockedRead,
	"LockedMain":                LockedMain,
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
	forever()
	panic("not reached")
}

func LockedDeadlock() {
	runtime.LockOSThread()
	forever()
}

func LockedDeadlock2() {
	go func() {
		runtime.LockOSThread()
		forever()
	}()
	time.Sleep(time.Millisecond)
	forever()
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
	print1("t2")
	runtime.Goexit()
}

func GoNil() {
	var f func()
	go f()
	forever()
}

func MainGoroutineID() {
	panic("test")
}

func NoHelperGoroutines() {
	// The poller, timers and a thread for sysmon are there by now.
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
