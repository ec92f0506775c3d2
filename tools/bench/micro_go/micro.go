// Package micro_go reaches what the benchmarks need of Go's runtime, by linkname. The declarations are
// those of Go 1.19 and 1.20; from Go 1.23 on the linker refuses them without -checklinkname=0.
package micro_go

import "unsafe"

//go:linkname gopark runtime.gopark
func gopark(unlockf func(gp, lock unsafe.Pointer) bool, lock unsafe.Pointer, reason uint8, traceEv byte, traceskip int)

//go:linkname goready runtime.goready
func goready(gp unsafe.Pointer, traceskip int)

//go:linkname semacquire sync.runtime_Semacquire
func semacquire(s *uint32)

//go:linkname semrelease sync.runtime_Semrelease
func semrelease(s *uint32, handoff bool, skipframes int)

//go:linkname nanotime runtime.nanotime
func nanotime() int64

// timer is runtime.timer.
type timer struct {
	pp       uintptr
	when     int64
	period   int64
	f        func(any, uintptr)
	arg      any
	seq      uintptr
	nextwhen int64
	status   uint32
}

const (
	timerNoStatus = 0
	timerRemoved  = 5
)

//go:linkname startTimer time.startTimer
func startTimer(*timer)

//go:linkname stopTimer time.stopTimer
func stopTimer(*timer) bool

//go:linkname resetTimer time.resetTimer
func resetTimer(*timer, int64) bool

//go:linkname netpollBreak runtime.netpollBreak
func netpollBreak()

// netpoll gives a gList, which is a guintptr.
//
//go:linkname netpoll runtime.netpoll
func netpoll(delay int64) uintptr

//go:linkname runqput runtime.runqput
func runqput(pp, gp unsafe.Pointer, next bool)

//go:linkname runqget runtime.runqget
func runqget(pp unsafe.Pointer) (gp unsafe.Pointer, inheritTime bool)

//go:linkname runqsteal runtime.runqsteal
func runqsteal(pp, p2 unsafe.Pointer, stealRunNextG bool) unsafe.Pointer

// fdMutex is internal/poll.fdMutex.
type fdMutex struct {
	state uint64
	rsema uint32
	wsema uint32
}

//go:linkname rwlock internal/poll.(*fdMutex).rwlock
func rwlock(mu *fdMutex, read bool) bool

//go:linkname rwunlock internal/poll.(*fdMutex).rwunlock
func rwunlock(mu *fdMutex, read bool) bool
