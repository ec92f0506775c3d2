// Command closing closes connections and listeners that others use, and uses ones that are
// closed.
// main.cs beside this file is the same program.
package main

import (
	"errors"
	"io"
	"net"
	"os"
	"sort"
	"strconv"
	"strings"
	"syscall"
	"time"
)

var listener *net.TCPListener

// names has the ports that the transcript shows by name.
var names [][2]string

func name(a net.Addr, as string) {
	names = append(names, [2]string{":" + strconv.Itoa(a.(*net.TCPAddr).Port), ":" + as})
}

func say(s string) {
	os.Stdout.WriteString(s + "\n")
}

// text is an error with the types of its chain and what it is.
func text(err error) string {
	if err == nil {
		return "nil"
	}
	s := err.Error()
	for _, n := range names {
		s = strings.ReplaceAll(s, n[0], n[1])
	}
	s += " [" + kind(err)
	for e := errors.Unwrap(err); e != nil; e = errors.Unwrap(e) {
		s += " " + kind(e)
	}
	s += "]"
	if e, ok := err.(interface{ Timeout() bool }); ok && e.Timeout() {
		s += " timeout"
	}
	if e, ok := err.(interface{ Temporary() bool }); ok && e.Temporary() {
		s += " temporary"
	}
	if errors.Is(err, net.ErrClosed) {
		s += " ErrClosed"
	}
	if errors.Is(err, syscall.ECONNRESET) {
		s += " ECONNRESET"
	}
	if errors.Is(err, syscall.ECONNREFUSED) {
		s += " ECONNREFUSED"
	}
	if errors.Is(err, io.EOF) {
		s += " EOF"
	}
	return s
}

func kind(err error) string {
	switch err.(type) {
	case *net.OpError:
		return "OpError"
	case *os.SyscallError:
		return "SyscallError"
	case syscall.Errno:
		return "Errno"
	}
	return "other"
}

// must gives up on an error that no scenario expects.
func must(err error) {
	if err != nil {
		say("unexpected: " + text(err))
		os.Exit(1)
	}
}

// connect makes a connection and returns both ends.
func connect() (*net.TCPConn, *net.TCPConn) {
	c, err := net.Dial("tcp", listener.Addr().String())
	must(err)
	s, err := listener.AcceptTCP()
	must(err)
	names = nil
	name(c.LocalAddr(), "client")
	name(c.RemoteAddr(), "server")
	return c.(*net.TCPConn), s
}

// listen makes a listener of its own and names its port.
func listen() *net.TCPListener {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	names = nil
	name(l.Addr(), "listener")
	return l.(*net.TCPListener)
}

// zeros is a reader without an end.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	return len(p), nil
}

// read is one Read of at most 16 bytes.
func read(what string, c io.Reader) {
	n, err := c.Read(make([]byte, 16))
	say(what + ": read " + strconv.Itoa(n) + ", " + text(err))
}

func write(what string, c io.Writer, n int) {
	n, err := c.Write(make([]byte, n))
	say(what + ": wrote " + strconv.Itoa(n) + ", " + text(err))
}

func shown(a net.Addr) string {
	s := a.String()
	for _, n := range names {
		s = strings.ReplaceAll(s, n[0], n[1])
	}
	return a.Network() + " " + s
}

// collect takes n results and shows them in the order of their texts.
func collect(what string, results chan string, n int) {
	all := make([]string, n)
	for i := range all {
		all[i] = <-results
	}
	sort.Strings(all)
	for _, one := range all {
		say(what + ": " + one)
	}
}

// Every method of a closed connection.
func connection() {
	say("== a closed connection")
	c, s := connect()
	say("Close: " + text(c.Close()))
	say("Close: " + text(c.Close()))
	read("Read", c)
	n, err := c.Read(nil)
	say("Read nothing: " + strconv.Itoa(n) + ", " + text(err))
	write("Write", c, 1)
	write("Write nothing", c, 0)
	m, err := c.ReadFrom(io.LimitReader(zeros{}, 5))
	say("ReadFrom: " + strconv.FormatInt(m, 10) + ", " + text(err))
	say("CloseRead: " + text(c.CloseRead()))
	say("CloseWrite: " + text(c.CloseWrite()))
	say("SetDeadline: " + text(c.SetDeadline(time.Now().Add(time.Hour))))
	say("SetDeadline zero: " + text(c.SetDeadline(time.Time{})))
	say("SetReadDeadline: " + text(c.SetReadDeadline(time.Now().Add(time.Hour))))
	say("SetWriteDeadline: " + text(c.SetWriteDeadline(time.Now().Add(-time.Hour))))
	say("SetKeepAlive: " + text(c.SetKeepAlive(true)))
	say("SetKeepAlivePeriod: " + text(c.SetKeepAlivePeriod(time.Minute)))
	say("SetNoDelay: " + text(c.SetNoDelay(true)))
	say("SetLinger: " + text(c.SetLinger(5)))
	say("SetReadBuffer: " + text(c.SetReadBuffer(8192)))
	say("SetWriteBuffer: " + text(c.SetWriteBuffer(8192)))
	_, err = c.File()
	say("File: " + text(err))
	rc, err := c.SyscallConn()
	say("SyscallConn: " + text(err))
	say("Control: " + text(rc.Control(func(fd uintptr) { panic("not to be called") })))
	say("raw Read: " + text(rc.Read(func(fd uintptr) bool { return true })))
	say("raw Write: " + text(rc.Write(func(fd uintptr) bool { return true })))
	say("LocalAddr: " + shown(c.LocalAddr()))
	say("RemoteAddr: " + shown(c.RemoteAddr()))
	say("peer Close: " + text(s.Close()))
}

// Every method of a closed listener.
func closedListener() {
	say("== a closed listener")
	l := listen()
	say("Close: " + text(l.Close()))
	say("Close: " + text(l.Close()))
	_, err := l.Accept()
	say("Accept: " + text(err))
	_, err = l.AcceptTCP()
	say("AcceptTCP: " + text(err))
	say("SetDeadline: " + text(l.SetDeadline(time.Now().Add(time.Hour))))
	_, err = l.File()
	say("File: " + text(err))
	rc, err := l.SyscallConn()
	say("SyscallConn: " + text(err))
	say("Control: " + text(rc.Control(func(fd uintptr) { panic("not to be called") })))
	say("raw Read: " + text(rc.Read(func(fd uintptr) bool { return true })))
	say("raw Write: " + text(rc.Write(func(fd uintptr) bool { return true })))
	say("Addr: " + shown(l.Addr()))
	_, err = net.Dial("tcp", l.Addr().String())
	say("Dial: " + text(err))
}

// What was sent before Close arrives.
func sent() {
	say("== sent before Close")
	c, s := connect()
	write("client", c, 10)
	say("client Close: " + text(c.Close()))
	read("server", s)
	read("server", s)
	say("server Close: " + text(s.Close()))
}

// Goroutines are in Read when their end is closed.
func inRead(n int) {
	say("== in Read, " + strconv.Itoa(n))
	c, s := connect()
	results := make(chan string)
	for i := 0; i < n; i++ {
		go func() {
			n, err := c.Read(make([]byte, 16))
			results <- "read " + strconv.Itoa(n) + ", " + text(err)
		}()
	}
	time.Sleep(50 * time.Millisecond)
	say("client Close: " + text(c.Close()))
	collect("client", results, n)
	read("server", s)
	say("server Close: " + text(s.Close()))
}

// Goroutines are in Read when the other end is closed.
func peer(n int) {
	say("== in Read, the other end is closed, " + strconv.Itoa(n))
	c, s := connect()
	results := make(chan string)
	for i := 0; i < n; i++ {
		go func() {
			n, err := c.Read(make([]byte, 16))
			results <- "read " + strconv.Itoa(n) + ", " + text(err)
		}()
	}
	time.Sleep(50 * time.Millisecond)
	say("server Close: " + text(s.Close()))
	collect("client", results, n)
	say("client Close: " + text(c.Close()))
}

// A goroutine is in Read with a deadline when its end is closed.
func withDeadline() {
	say("== in Read with a deadline")
	c, s := connect()
	must(c.SetDeadline(time.Now().Add(time.Hour)))
	results := make(chan string)
	go func() {
		n, err := c.Read(make([]byte, 16))
		results <- "read " + strconv.Itoa(n) + ", " + text(err)
	}()
	time.Sleep(50 * time.Millisecond)
	say("client Close: " + text(c.Close()))
	collect("client", results, 1)
	say("server Close: " + text(s.Close()))
}

// A goroutine waits in a raw Read when its end is closed.
func inRawRead() {
	say("== in a raw Read")
	c, s := connect()
	rc, err := c.SyscallConn()
	must(err)
	results := make(chan string)
	go func() {
		results <- text(rc.Read(func(fd uintptr) bool { return false }))
	}()
	time.Sleep(50 * time.Millisecond)
	say("client Close: " + text(c.Close()))
	collect("client", results, 1)
	say("server Close: " + text(s.Close()))
}

// Goroutines are in Accept when the listener is closed.
func inAccept(n int) {
	say("== in Accept, " + strconv.Itoa(n))
	l := listen()
	results := make(chan string)
	for i := 0; i < n; i++ {
		go func() {
			_, err := l.Accept()
			results <- text(err)
		}()
	}
	time.Sleep(50 * time.Millisecond)
	say("listener Close: " + text(l.Close()))
	collect("listener", results, n)
}

// Several goroutines close at once: one of them does it.
func closers(n int) {
	say("== closers, " + strconv.Itoa(n))
	c, s := connect()
	l := listen()
	name(c.LocalAddr(), "client")
	name(c.RemoteAddr(), "server")
	results := make(chan string)
	for i := 0; i < n; i++ {
		go func() { results <- text(c.Close()) }()
	}
	collect("client Close", results, n)
	for i := 0; i < n; i++ {
		go func() { results <- text(l.Close()) }()
	}
	collect("listener Close", results, n)
	read("server", s)
	say("server Close: " + text(s.Close()))
}

// The listener is closed, and connections are left, accepted ones and others.
func left() {
	say("== the listener goes first")
	l := listen()
	c1, err := net.Dial("tcp", l.Addr().String())
	must(err)
	c2, err := net.Dial("tcp", l.Addr().String())
	must(err)
	name(c1.LocalAddr(), "first")
	name(c2.LocalAddr(), "second")
	s1, err := l.Accept()
	must(err)
	say("listener Close: " + text(l.Close()))
	write("first", c1, 4)
	read("server", s1)
	write("server", s1, 5)
	read("first", c1)
	read("second, not accepted", c2)
	say("first Close: " + text(c1.Close()))
	say("second Close: " + text(c2.Close()))
	read("server", s1)
	say("server Close: " + text(s1.Close()))
}

// A copy made by File lives on.
func file() {
	say("== File")
	c, s := connect()
	f, err := c.File()
	must(err)
	say("client Close: " + text(c.Close()))
	n, err := f.Write(make([]byte, 6))
	say("file: wrote " + strconv.Itoa(n) + ", " + text(err))
	read("server", s)
	write("server", s, 7)
	read("file", f)
	say("file Close: " + text(f.Close()))
	read("server", s)
	say("server Close: " + text(s.Close()))
}

// Goroutines are in Write with full buffers when their end is closed.
func inWrite(n, total int) {
	say("== in Write, " + strconv.Itoa(n))
	c, s := connect()
	must(c.SetWriteBuffer(8192))
	must(s.SetReadBuffer(8192))
	results := make(chan string)
	for i := 0; i < n; i++ {
		go func() {
			n, err := c.Write(make([]byte, total))
			results <- "all " + strconv.FormatBool(n >= total) + ", " + text(err)
		}()
	}
	_, err := s.Read(make([]byte, 1))
	must(err)
	time.Sleep(50 * time.Millisecond)
	say("client Close: " + text(c.Close()))
	collect("client", results, n)
	say("server Close: " + text(s.Close()))
}

// Goroutines are in Read and in Write when their end is closed.
func inBoth(n, total int) {
	say("== in Read and Write, " + strconv.Itoa(n))
	c, s := connect()
	must(c.SetWriteBuffer(8192))
	must(s.SetReadBuffer(8192))
	reads := make(chan string)
	writes := make(chan string)
	for i := 0; i < n; i++ {
		go func() {
			n, err := c.Read(make([]byte, 16))
			reads <- "read " + strconv.Itoa(n) + ", " + text(err)
		}()
		go func() {
			n, err := c.Write(make([]byte, total))
			writes <- "all " + strconv.FormatBool(n >= total) + ", " + text(err)
		}()
	}
	_, err := s.Read(make([]byte, 1))
	must(err)
	time.Sleep(50 * time.Millisecond)
	say("client Close: " + text(c.Close()))
	collect("client", reads, n)
	collect("client", writes, n)
	say("server Close: " + text(s.Close()))
}

func main() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	listener = l.(*net.TCPListener)
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
	say("listener Close: " + text(l.Close()))
}
