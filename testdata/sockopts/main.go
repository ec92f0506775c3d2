// Command sockopts sets the options of sockets and asks the system for them, and uses the raw
// connection.
// main.cs beside this file is the same program.
package main

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
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
	if errors.Is(err, syscall.EINVAL) {
		s += " EINVAL"
	}
	if errors.Is(err, syscall.ENOPROTOOPT) {
		s += " ENOPROTOOPT"
	}
	if errors.Is(err, syscall.EAGAIN) {
		s += " EAGAIN"
	}
	if errors.Is(err, net.ErrClosed) {
		s += " ErrClosed"
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		s += " ErrDeadlineExceeded"
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

// option asks the system for one option of a connection or listener.
func option(c syscall.Conn, level, opt int) string {
	rc, err := c.SyscallConn()
	must(err)
	value := 0
	var err1 error
	err = rc.Control(func(fd uintptr) {
		value, err1 = syscall.GetsockoptInt(int(fd), level, opt)
	})
	must(err)
	if err1 != nil {
		return text(err1)
	}
	return strconv.Itoa(value)
}

func keepAlive(c syscall.Conn) string {
	return "SO_KEEPALIVE " + option(c, syscall.SOL_SOCKET, syscall.SO_KEEPALIVE) +
		", TCP_KEEPIDLE " + option(c, syscall.IPPROTO_TCP, syscall.TCP_KEEPIDLE) +
		", TCP_KEEPINTVL " + option(c, syscall.IPPROTO_TCP, syscall.TCP_KEEPINTVL) +
		", TCP_KEEPCNT " + option(c, syscall.IPPROTO_TCP, syscall.TCP_KEEPCNT)
}

func noDelay(c syscall.Conn) string {
	return "TCP_NODELAY " + option(c, syscall.IPPROTO_TCP, syscall.TCP_NODELAY)
}

// linger is only whether it is on: the integer that is asked for is the first half.
func linger(c syscall.Conn) string {
	return "SO_LINGER " + option(c, syscall.SOL_SOCKET, syscall.SO_LINGER)
}

func readBuffer(c syscall.Conn) string {
	return "SO_RCVBUF " + option(c, syscall.SOL_SOCKET, syscall.SO_RCVBUF)
}

func writeBuffer(c syscall.Conn) string {
	return "SO_SNDBUF " + option(c, syscall.SOL_SOCKET, syscall.SO_SNDBUF)
}

func closeBoth(c, s *net.TCPConn) {
	say("client Close: " + text(c.Close()))
	say("server Close: " + text(s.Close()))
}

// setters sets everything on one end.
func setters(what string, c *net.TCPConn) {
	say("-- " + what)
	say(keepAlive(c))
	say(noDelay(c))
	say(linger(c))
	for _, on := range []bool{false, false, true, true} {
		say("SetNoDelay " + strconv.FormatBool(on) + ": " + text(c.SetNoDelay(on)) + ", " + noDelay(c))
	}
	for _, on := range []bool{false, false, true, true} {
		say("SetKeepAlive " + strconv.FormatBool(on) + ": " + text(c.SetKeepAlive(on)) + ", " + keepAlive(c))
	}
	for _, d := range []time.Duration{
		time.Second, 1500 * time.Millisecond, time.Millisecond, 1, 90 * time.Second, 2 * time.Hour,
		32767 * time.Second, 32768 * time.Second, 0, -1, -time.Second, -2 * time.Second,
	} {
		say("SetKeepAlivePeriod " + strconv.FormatInt(int64(d), 10) + ": " + text(c.SetKeepAlivePeriod(d)) + ", " + keepAlive(c))
	}
	for _, sec := range []int{0, 5, -1, 0, 100000, -2} {
		say("SetLinger " + strconv.Itoa(sec) + ": " + text(c.SetLinger(sec)) + ", " + linger(c))
	}
	for _, n := range []int{4096, 0, 1, 65536, 1 << 30, -1} {
		say("SetReadBuffer " + strconv.Itoa(n) + ": " + text(c.SetReadBuffer(n)) + ", " + readBuffer(c))
		say("SetWriteBuffer " + strconv.Itoa(n) + ": " + text(c.SetWriteBuffer(n)) + ", " + writeBuffer(c))
	}
	say("no such option: " + option(c, syscall.SOL_SOCKET, 9999))
}

func options() {
	say("== options")
	c, s := connect()
	setters("dialed", c)
	setters("accepted", s)
	closeBoth(c, s)
}

// SetLinger decides how Close ends a connection.
func lingering() {
	say("== linger")
	for _, sec := range []int{-1, 5, 0} {
		c, s := connect()
		say("SetLinger " + strconv.Itoa(sec) + ": " + text(c.SetLinger(sec)))
		say("client Close: " + text(c.Close()))
		n, err := s.Read(make([]byte, 1))
		say("server: read " + strconv.Itoa(n) + ", " + text(err))
		say("server Close: " + text(s.Close()))
	}
}

// Dialer.KeepAlive and ListenConfig.KeepAlive.
func configured() {
	say("== KeepAlive of Dialer and ListenConfig")
	for _, d := range []time.Duration{0, -1, -time.Hour, time.Second, 1500 * time.Millisecond, time.Minute, 100 * time.Hour} {
		lc := net.ListenConfig{KeepAlive: d}
		l, err := lc.Listen(context.Background(), "tcp", "127.0.0.1:0")
		must(err)
		dialer := &net.Dialer{KeepAlive: d}
		c, err := dialer.Dial("tcp", l.Addr().String())
		must(err)
		s, err := l.Accept()
		must(err)
		say("KeepAlive " + strconv.FormatInt(int64(d), 10))
		say("dialed: " + keepAlive(c.(*net.TCPConn)) + ", " + noDelay(c.(*net.TCPConn)))
		say("accepted: " + keepAlive(s.(*net.TCPConn)) + ", " + noDelay(s.(*net.TCPConn)))
		must(c.Close())
		must(s.Close())
		must(l.Close())
	}
}

// What a listener has, and what the Control of a Dialer sets.
func controlled() {
	say("== Control")
	say("listener: SO_ACCEPTCONN " + option(listener, syscall.SOL_SOCKET, syscall.SO_ACCEPTCONN) +
		", SO_REUSEADDR " + option(listener, syscall.SOL_SOCKET, syscall.SO_REUSEADDR) +
		", SO_TYPE " + option(listener, syscall.SOL_SOCKET, syscall.SO_TYPE) +
		", " + noDelay(listener))
	var err1 error
	d := &net.Dialer{Control: func(network, address string, c syscall.RawConn) error {
		err := c.Control(func(fd uintptr) {
			err1 = syscall.SetsockoptInt(int(fd), syscall.IPPROTO_TCP, syscall.TCP_KEEPCNT, 7)
		})
		return err
	}}
	conn, err := d.Dial("tcp", listener.Addr().String())
	must(err)
	say("set: " + text(err1))
	s, err := listener.AcceptTCP()
	must(err)
	c := conn.(*net.TCPConn)
	say("dialed: " + keepAlive(c) + ", SO_REUSEADDR " + option(c, syscall.SOL_SOCKET, syscall.SO_REUSEADDR) +
		", SO_ACCEPTCONN " + option(c, syscall.SOL_SOCKET, syscall.SO_ACCEPTCONN) +
		", SO_ERROR " + option(c, syscall.SOL_SOCKET, syscall.SO_ERROR))
	say("accepted: " + keepAlive(s) + ", SO_REUSEADDR " + option(s, syscall.SOL_SOCKET, syscall.SO_REUSEADDR))
	closeBoth(c, s)
}

// rawRead reads through the raw connection and waits until there is something.
func rawRead(rc syscall.RawConn) string {
	n := 0
	var err1 error
	err := rc.Read(func(fd uintptr) bool {
		n, err1 = syscall.Read(int(fd), make([]byte, 16))
		return err1 != syscall.EAGAIN
	})
	return "read " + strconv.Itoa(n) + ", " + text(err1) + ", " + text(err)
}

func rawWrite(rc syscall.RawConn, n int) string {
	wrote := 0
	var err1 error
	err := rc.Write(func(fd uintptr) bool {
		wrote, err1 = syscall.Write(int(fd), make([]byte, n))
		return err1 != syscall.EAGAIN
	})
	return "wrote " + strconv.Itoa(wrote) + ", " + text(err1) + ", " + text(err)
}

// Reads and writes through the raw connection.
func raw() {
	say("== raw")
	c, s := connect()
	rc, err := c.SyscallConn()
	must(err)
	rs, err := s.SyscallConn()
	must(err)
	say("client: " + rawWrite(rc, 5))
	say("server: " + rawRead(rs))
	say("server: " + rawWrite(rs, 6))
	n, err := c.Read(make([]byte, 16))
	say("client: read " + strconv.Itoa(n) + ", " + text(err))

	// Nothing there yet.
	done := make(chan string)
	go func() { done <- rawRead(rc) }()
	time.Sleep(50 * time.Millisecond)
	say("server: " + rawWrite(rs, 7))
	say("client: " + <-done)

	// A deadline.
	must(c.SetReadDeadline(time.Now().Add(50 * time.Millisecond)))
	say("client, deadline: " + text(rc.Read(func(fd uintptr) bool { return false })))
	say("client, deadline: " + text(rc.Read(func(fd uintptr) bool { return true })))
	must(c.SetDeadline(time.Unix(1, 0)))
	say("client, deadline: " + text(rc.Write(func(fd uintptr) bool { return true })))
	say("client, Control: " + text(rc.Control(func(fd uintptr) {})))
	must(c.SetDeadline(time.Time{}))

	// The end.
	must(s.CloseWrite())
	say("client, the end: " + rawRead(rc))

	// Closed.
	closeBoth(c, s)
	say("client, closed: " + text(rc.Read(func(fd uintptr) bool { return true })))
	say("client, closed: " + text(rc.Write(func(fd uintptr) bool { return true })))
	say("client, closed: " + text(rc.Control(func(fd uintptr) {})))

	// A listener has Control only.
	rl, err := listener.SyscallConn()
	must(err)
	say("listener: " + text(rl.Read(func(fd uintptr) bool { return true })))
	say("listener: " + text(rl.Write(func(fd uintptr) bool { return true })))
	say("listener: " + text(rl.Control(func(fd uintptr) {})))
}

// The setters on a closed connection.
func closed() {
	say("== closed")
	c, s := connect()
	closeBoth(c, s)
	say("SetNoDelay: " + text(c.SetNoDelay(true)))
	say("SetKeepAlive: " + text(c.SetKeepAlive(false)))
	say("SetKeepAlivePeriod: " + text(c.SetKeepAlivePeriod(time.Minute)))
	say("SetKeepAlivePeriod 0: " + text(c.SetKeepAlivePeriod(0)))
	say("SetLinger: " + text(c.SetLinger(-1)))
	say("SetReadBuffer: " + text(c.SetReadBuffer(4096)))
	say("SetWriteBuffer: " + text(c.SetWriteBuffer(4096)))
}

func main() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	listener = l.(*net.TCPListener)
	options()
	lingering()
	configured()
	controlled()
	raw()
	closed()
	say("listener Close: " + text(l.Close()))
}
