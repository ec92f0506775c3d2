// Command closing closes connections and listeners that others use, and uses ones that are
// closed.
// main.cs beside this file is the same program.
package main

import (
	"io"
	"net"
	"os"
	"sort"
	"strconv"
	"time"

	. "goport/testdata/transcript"
)

// zeros is a reader without an end.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	return len(p), nil
}

// collect takes n results and shows them in the order of their texts.
func collect(what string, results chan string, n int) {
	all := make([]string, n)
	for i := range all {
		all[i] = <-results
	}
	sort.Strings(all)
	for _, one := range all {
		Say(what + ": " + one)
	}
}

// Every method of a closed connection.
func connection() {
	Say("== a closed connection")
	c, s := Connect()
	Say("Close: " + Text(c.Close()))
	Say("Close: " + Text(c.Close()))
	Read("Read", c)
	n, err := c.Read(nil)
	Say("Read nothing: " + strconv.Itoa(n) + ", " + Text(err))
	Write("Write", c, 1)
	Write("Write nothing", c, 0)
	m, err := c.ReadFrom(io.LimitReader(zeros{}, 5))
	Say("ReadFrom: " + strconv.FormatInt(m, 10) + ", " + Text(err))
	Say("CloseRead: " + Text(c.CloseRead()))
	Say("CloseWrite: " + Text(c.CloseWrite()))
	Say("SetDeadline: " + Text(c.SetDeadline(time.Now().Add(time.Hour))))
	Say("SetDeadline zero: " + Text(c.SetDeadline(time.Time{})))
	Say("SetReadDeadline: " + Text(c.SetReadDeadline(time.Now().Add(time.Hour))))
	Say("SetWriteDeadline: " + Text(c.SetWriteDeadline(time.Now().Add(-time.Hour))))
	Say("SetKeepAlive: " + Text(c.SetKeepAlive(true)))
	Say("SetKeepAlivePeriod: " + Text(c.SetKeepAlivePeriod(time.Minute)))
	Say("SetNoDelay: " + Text(c.SetNoDelay(true)))
	Say("SetLinger: " + Text(c.SetLinger(5)))
	Say("SetReadBuffer: " + Text(c.SetReadBuffer(8192)))
	Say("SetWriteBuffer: " + Text(c.SetWriteBuffer(8192)))
	_, err = c.File()
	Say("File: " + Text(err))
	rc, err := c.SyscallConn()
	Say("SyscallConn: " + Text(err))
	Say("Control: " + Text(rc.Control(func(fd uintptr) { panic("not to be called") })))
	Say("raw Read: " + Text(rc.Read(func(fd uintptr) bool { return true })))
	Say("raw Write: " + Text(rc.Write(func(fd uintptr) bool { return true })))
	Say("LocalAddr: " + Shown(c.LocalAddr()))
	Say("RemoteAddr: " + Shown(c.RemoteAddr()))
	Say("peer Close: " + Text(s.Close()))
}

// Every method of a closed listener.
func closedListener() {
	Say("== a closed listener")
	l := Listen()
	Say("Close: " + Text(l.Close()))
	Say("Close: " + Text(l.Close()))
	_, err := l.Accept()
	Say("Accept: " + Text(err))
	_, err = l.AcceptTCP()
	Say("AcceptTCP: " + Text(err))
	Say("SetDeadline: " + Text(l.SetDeadline(time.Now().Add(time.Hour))))
	_, err = l.File()
	Say("File: " + Text(err))
	rc, err := l.SyscallConn()
	Say("SyscallConn: " + Text(err))
	Say("Control: " + Text(rc.Control(func(fd uintptr) { panic("not to be called") })))
	Say("raw Read: " + Text(rc.Read(func(fd uintptr) bool { return true })))
	Say("raw Write: " + Text(rc.Write(func(fd uintptr) bool { return true })))
	Say("Addr: " + Shown(l.Addr()))
	_, err = net.Dial("tcp", l.Addr().String())
	Say("Dial: " + Text(err))
}

// What was sent before Close arrives.
func sent() {
	Say("== sent before Close")
	c, s := Connect()
	Write("client", c, 10)
	Say("client Close: " + Text(c.Close()))
	Read("server", s)
	Read("server", s)
	Say("server Close: " + Text(s.Close()))
}

// Goroutines are in Read when their end is closed.
func inRead(n int) {
	Say("== in Read, " + strconv.Itoa(n))
	c, s := Connect()
	results := make(chan string)
	for i := 0; i < n; i++ {
		go func() {
			n, err := c.Read(make([]byte, 16))
			results <- "read " + strconv.Itoa(n) + ", " + Text(err)
		}()
	}
	time.Sleep(50 * time.Millisecond)
	Say("client Close: " + Text(c.Close()))
	collect("client", results, n)
	Read("server", s)
	Say("server Close: " + Text(s.Close()))
}

// Goroutines are in Read when the other end is closed.
func peer(n int) {
	Say("== in Read, the other end is closed, " + strconv.Itoa(n))
	c, s := Connect()
	results := make(chan string)
	for i := 0; i < n; i++ {
		go func() {
			n, err := c.Read(make([]byte, 16))
			results <- "read " + strconv.Itoa(n) + ", " + Text(err)
		}()
	}
	time.Sleep(50 * time.Millisecond)
	Say("server Close: " + Text(s.Close()))
	collect("client", results, n)
	Say("client Close: " + Text(c.Close()))
}

// A goroutine is in Read with a deadline when its end is closed.
func withDeadline() {
	Say("== in Read with a deadline")
	c, s := Connect()
	Must(c.SetDeadline(time.Now().Add(time.Hour)))
	results := make(chan string)
	go func() {
		n, err := c.Read(make([]byte, 16))
		results <- "read " + strconv.Itoa(n) + ", " + Text(err)
	}()
	time.Sleep(50 * time.Millisecond)
	Say("client Close: " + Text(c.Close()))
	collect("client", results, 1)
	Say("server Close: " + Text(s.Close()))
}

// A goroutine waits in a raw Read when its end is closed.
func inRawRead() {
	Say("== in a raw Read")
	c, s := Connect()
	rc, err := c.SyscallConn()
	Must(err)
	results := make(chan string)
	go func() {
		results <- Text(rc.Read(func(fd uintptr) bool { return false }))
	}()
	time.Sleep(50 * time.Millisecond)
	Say("client Close: " + Text(c.Close()))
	collect("client", results, 1)
	Say("server Close: " + Text(s.Close()))
}

// Goroutines are in Accept when the listener is closed.
func inAccept(n int) {
	Say("== in Accept, " + strconv.Itoa(n))
	l := Listen()
	results := make(chan string)
	for i := 0; i < n; i++ {
		go func() {
			_, err := l.Accept()
			results <- Text(err)
		}()
	}
	time.Sleep(50 * time.Millisecond)
	Say("listener Close: " + Text(l.Close()))
	collect("listener", results, n)
}

// Several goroutines close at once: one of them does it.
func closers(n int) {
	Say("== closers, " + strconv.Itoa(n))
	c, s := Connect()
	l := Listen()
	Name(c.LocalAddr(), "client")
	Name(c.RemoteAddr(), "server")
	results := make(chan string)
	for i := 0; i < n; i++ {
		go func() { results <- Text(c.Close()) }()
	}
	collect("client Close", results, n)
	for i := 0; i < n; i++ {
		go func() { results <- Text(l.Close()) }()
	}
	collect("listener Close", results, n)
	Read("server", s)
	Say("server Close: " + Text(s.Close()))
}

// The listener is closed, and connections are left, accepted ones and others.
func left() {
	Say("== the listener goes first")
	l := Listen()
	c1, err := net.Dial("tcp", l.Addr().String())
	Must(err)
	c2, err := net.Dial("tcp", l.Addr().String())
	Must(err)
	Name(c1.LocalAddr(), "first")
	Name(c2.LocalAddr(), "second")
	s1, err := l.Accept()
	Must(err)
	Say("listener Close: " + Text(l.Close()))
	Write("first", c1, 4)
	Read("server", s1)
	Write("server", s1, 5)
	Read("first", c1)
	Read("second, not accepted", c2)
	Say("first Close: " + Text(c1.Close()))
	Say("second Close: " + Text(c2.Close()))
	Read("server", s1)
	Say("server Close: " + Text(s1.Close()))
}

// A copy made by File lives on.
func file() {
	Say("== File")
	c, s := Connect()
	f, err := c.File()
	Must(err)
	Say("client Close: " + Text(c.Close()))
	n, err := f.Write(make([]byte, 6))
	Say("file: wrote " + strconv.Itoa(n) + ", " + Text(err))
	Read("server", s)
	Write("server", s, 7)
	Read("file", f)
	Say("file Close: " + Text(f.Close()))
	Read("server", s)
	Say("server Close: " + Text(s.Close()))
}

// Goroutines are in Write with full buffers when their end is closed.
func inWrite(n, total int) {
	Say("== in Write, " + strconv.Itoa(n))
	c, s := Connect()
	Must(c.SetWriteBuffer(8192))
	Must(s.SetReadBuffer(8192))
	results := make(chan string)
	for i := 0; i < n; i++ {
		go func() {
			n, err := c.Write(make([]byte, total))
			results <- "all " + strconv.FormatBool(n >= total) + ", " + Text(err)
		}()
	}
	_, err := s.Read(make([]byte, 1))
	Must(err)
	time.Sleep(50 * time.Millisecond)
	Say("client Close: " + Text(c.Close()))
	collect("client", results, n)
	Say("server Close: " + Text(s.Close()))
}

// Goroutines are in Read and in Write when their end is closed.
func inBoth(n, total int) {
	Say("== in Read and Write, " + strconv.Itoa(n))
	c, s := Connect()
	Must(c.SetWriteBuffer(8192))
	Must(s.SetReadBuffer(8192))
	reads := make(chan string)
	writes := make(chan string)
	for i := 0; i < n; i++ {
		go func() {
			n, err := c.Read(make([]byte, 16))
			reads <- "read " + strconv.Itoa(n) + ", " + Text(err)
		}()
		go func() {
			n, err := c.Write(make([]byte, total))
			writes <- "all " + strconv.FormatBool(n >= total) + ", " + Text(err)
		}()
	}
	_, err := s.Read(make([]byte, 1))
	Must(err)
	time.Sleep(50 * time.Millisecond)
	Say("client Close: " + Text(c.Close()))
	collect("client", reads, n)
	collect("client", writes, n)
	Say("server Close: " + Text(s.Close()))
}

func main() {
	Listener = Listen()
	if len(os.Args) > 1 && os.Args[1] == "full" {
		inWrite(1, 8<<20)
		inWrite(8, 8<<20)
		inBoth(8, 8<<20)
	} else if len(os.Args) > 1 && os.Args[1] == "file" {
		file()
	} else {
		connection()
		closedListener()
		sent()
		inRead(1)
		inRead(16)
		peer(1)
		peer(16)
		withDeadline()
		inRawRead()
		inAccept(1)
		inAccept(16)
		closers(8)
		left()
	}
	Say("listener Close: " + Text(Listener.Close()))
}
