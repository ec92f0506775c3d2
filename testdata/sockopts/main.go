// Command sockopts sets the options of sockets and asks the system for them, and uses the raw
// connection.
// main.cs beside this file is the same program.
package main

import (
	"context"
	"net"
	"strconv"
	"syscall"
	"time"

	. "goport/testdata/transcript"
)

// option asks the system for one option of a connection or listener.
func option(c syscall.Conn, level, opt int) string {
	rc, err := c.SyscallConn()
	Must(err)
	value := 0
	var err1 error
	err = rc.Control(func(fd uintptr) {
		value, err1 = syscall.GetsockoptInt(int(fd), level, opt)
	})
	Must(err)
	if err1 != nil {
		return Text(err1)
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

// setters sets everything on one end.
func setters(what string, c *net.TCPConn) {
	Say("-- " + what)
	Say(keepAlive(c))
	Say(noDelay(c))
	Say(linger(c))
	for _, on := range []bool{false, false, true, true} {
		Say("SetNoDelay " + strconv.FormatBool(on) + ": " + Text(c.SetNoDelay(on)) + ", " + noDelay(c))
	}
	for _, on := range []bool{false, false, true, true} {
		Say("SetKeepAlive " + strconv.FormatBool(on) + ": " + Text(c.SetKeepAlive(on)) + ", " + keepAlive(c))
	}
	for _, d := range []time.Duration{
		time.Second, 1500 * time.Millisecond, time.Millisecond, 1, 90 * time.Second, 2 * time.Hour,
		32767 * time.Second, 32768 * time.Second, 0, -1, -time.Second, -2 * time.Second,
	} {
		Say("SetKeepAlivePeriod " + strconv.FormatInt(int64(d), 10) + ": " + Text(c.SetKeepAlivePeriod(d)) + ", " + keepAlive(c))
	}
	for _, sec := range []int{0, 5, -1, 0, 100000, -2} {
		Say("SetLinger " + strconv.Itoa(sec) + ": " + Text(c.SetLinger(sec)) + ", " + linger(c))
	}
	for _, n := range []int{4096, 0, 1, 65536, 1 << 30, -1} {
		Say("SetReadBuffer " + strconv.Itoa(n) + ": " + Text(c.SetReadBuffer(n)) + ", " + readBuffer(c))
		Say("SetWriteBuffer " + strconv.Itoa(n) + ": " + Text(c.SetWriteBuffer(n)) + ", " + writeBuffer(c))
	}
	Say("no such option: " + option(c, syscall.SOL_SOCKET, 9999))
}

func options() {
	Say("== options")
	c, s := Connect()
	setters("dialed", c)
	setters("accepted", s)
	CloseBoth(c, s)
}

// SetLinger decides how Close ends a connection.
func lingering() {
	Say("== linger")
	for _, sec := range []int{-1, 5, 0} {
		c, s := Connect()
		Say("SetLinger " + strconv.Itoa(sec) + ": " + Text(c.SetLinger(sec)))
		Say("client Close: " + Text(c.Close()))
		n, err := s.Read(make([]byte, 1))
		Say("server: read " + strconv.Itoa(n) + ", " + Text(err))
		Say("server Close: " + Text(s.Close()))
	}
}

// Dialer.KeepAlive and ListenConfig.KeepAlive.
func configured() {
	Say("== KeepAlive of Dialer and ListenConfig")
	for _, d := range []time.Duration{0, -1, -time.Hour, time.Second, 1500 * time.Millisecond, time.Minute, 100 * time.Hour} {
		lc := net.ListenConfig{KeepAlive: d}
		l, err := lc.Listen(context.Background(), "tcp", "127.0.0.1:0")
		Must(err)
		dialer := &net.Dialer{KeepAlive: d}
		c, err := dialer.Dial("tcp", l.Addr().String())
		Must(err)
		s, err := l.Accept()
		Must(err)
		Say("KeepAlive " + strconv.FormatInt(int64(d), 10))
		Say("dialed: " + keepAlive(c.(*net.TCPConn)) + ", " + noDelay(c.(*net.TCPConn)))
		Say("accepted: " + keepAlive(s.(*net.TCPConn)) + ", " + noDelay(s.(*net.TCPConn)))
		Must(c.Close())
		Must(s.Close())
		Must(l.Close())
	}
}

// What a listener has, and what the Control of a Dialer sets.
func controlled() {
	Say("== Control")
	Say("listener: SO_ACCEPTCONN " + option(Listener, syscall.SOL_SOCKET, syscall.SO_ACCEPTCONN) +
		", SO_REUSEADDR " + option(Listener, syscall.SOL_SOCKET, syscall.SO_REUSEADDR) +
		", SO_TYPE " + option(Listener, syscall.SOL_SOCKET, syscall.SO_TYPE) +
		", " + noDelay(Listener))
	var err1 error
	d := &net.Dialer{Control: func(network, address string, c syscall.RawConn) error {
		err := c.Control(func(fd uintptr) {
			err1 = syscall.SetsockoptInt(int(fd), syscall.IPPROTO_TCP, syscall.TCP_KEEPCNT, 7)
		})
		return err
	}}
	conn, err := d.Dial("tcp", Listener.Addr().String())
	Must(err)
	Say("set: " + Text(err1))
	s, err := Listener.AcceptTCP()
	Must(err)
	c := conn.(*net.TCPConn)
	Say("dialed: " + keepAlive(c) + ", SO_REUSEADDR " + option(c, syscall.SOL_SOCKET, syscall.SO_REUSEADDR) +
		", SO_ACCEPTCONN " + option(c, syscall.SOL_SOCKET, syscall.SO_ACCEPTCONN) +
		", SO_ERROR " + option(c, syscall.SOL_SOCKET, syscall.SO_ERROR))
	Say("accepted: " + keepAlive(s) + ", SO_REUSEADDR " + option(s, syscall.SOL_SOCKET, syscall.SO_REUSEADDR))
	CloseBoth(c, s)
}

// rawRead reads through the raw connection and waits until there is something.
func rawRead(rc syscall.RawConn) string {
	n := 0
	var err1 error
	err := rc.Read(func(fd uintptr) bool {
		n, err1 = syscall.Read(int(fd), make([]byte, 16))
		return err1 != syscall.EAGAIN
	})
	return "read " + strconv.Itoa(n) + ", " + Text(err1) + ", " + Text(err)
}

func rawWrite(rc syscall.RawConn, n int) string {
	wrote := 0
	var err1 error
	err := rc.Write(func(fd uintptr) bool {
		wrote, err1 = syscall.Write(int(fd), make([]byte, n))
		return err1 != syscall.EAGAIN
	})
	return "wrote " + strconv.Itoa(wrote) + ", " + Text(err1) + ", " + Text(err)
}

// Reads and writes through the raw connection.
func raw() {
	Say("== raw")
	c, s := Connect()
	rc, err := c.SyscallConn()
	Must(err)
	rs, err := s.SyscallConn()
	Must(err)
	Say("client: " + rawWrite(rc, 5))
	Say("server: " + rawRead(rs))
	Say("server: " + rawWrite(rs, 6))
	n, err := c.Read(make([]byte, 16))
	Say("client: read " + strconv.Itoa(n) + ", " + Text(err))

	// Nothing there yet.
	done := make(chan string)
	go func() { done <- rawRead(rc) }()
	time.Sleep(50 * time.Millisecond)
	Say("server: " + rawWrite(rs, 7))
	Say("client: " + <-done)

	// A deadline.
	Must(c.SetReadDeadline(time.Now().Add(50 * time.Millisecond)))
	Say("client, deadline: " + Text(rc.Read(func(fd uintptr) bool { return false })))
	Say("client, deadline: " + Text(rc.Read(func(fd uintptr) bool { return true })))
	Must(c.SetDeadline(time.Unix(1, 0)))
	Say("client, deadline: " + Text(rc.Write(func(fd uintptr) bool { return true })))
	Say("client, Control: " + Text(rc.Control(func(fd uintptr) {})))
	Must(c.SetDeadline(time.Time{}))

	// The end.
	Must(s.CloseWrite())
	Say("client, the end: " + rawRead(rc))

	// Closed.
	CloseBoth(c, s)
	Say("client, closed: " + Text(rc.Read(func(fd uintptr) bool { return true })))
	Say("client, closed: " + Text(rc.Write(func(fd uintptr) bool { return true })))
	Say("client, closed: " + Text(rc.Control(func(fd uintptr) {})))

	// A listener has Control only.
	rl, err := Listener.SyscallConn()
	Must(err)
	Say("listener: " + Text(rl.Read(func(fd uintptr) bool { return true })))
	Say("listener: " + Text(rl.Write(func(fd uintptr) bool { return true })))
	Say("listener: " + Text(rl.Control(func(fd uintptr) {})))
}

// The setters on a closed connection.
func closed() {
	Say("== closed")
	c, s := Connect()
	CloseBoth(c, s)
	Say("SetNoDelay: " + Text(c.SetNoDelay(true)))
	Say("SetKeepAlive: " + Text(c.SetKeepAlive(false)))
	Say("SetKeepAlivePeriod: " + Text(c.SetKeepAlivePeriod(time.Minute)))
	Say("SetKeepAlivePeriod 0: " + Text(c.SetKeepAlivePeriod(0)))
	Say("SetLinger: " + Text(c.SetLinger(-1)))
	Say("SetReadBuffer: " + Text(c.SetReadBuffer(4096)))
	Say("SetWriteBuffer: " + Text(c.SetWriteBuffer(4096)))
}

func main() {
	Listener = Listen()
	options()
	lingering()
	configured()
	controlled()
	raw()
	closed()
	Say("listener Close: " + Text(Listener.Close()))
}
