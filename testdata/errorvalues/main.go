// Command errorvalues makes failures of all kinds and takes the errors apart: every level of the
// chain with its type and fields, and what errors.Is and errors.As find.
// main.cs beside this file is the same program.
package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"

	. "goport/testdata/transcript"
)

// level is the type of one error of a chain, with its fields.
func level(err error) string {
	switch e := err.(type) {
	case *net.OpError:
		return "OpError, Op " + e.Op + ", Net " + e.Net + ", Source " + Shown(e.Source) + ", Addr " + Shown(e.Addr)
	case *os.SyscallError:
		return "SyscallError, Syscall " + e.Syscall
	case syscall.Errno:
		return "Errno, " + strconv.Itoa(int(e))
	case *fs.PathError:
		return "PathError, Op " + e.Op + ", Path " + Masked(e.Path)
	case *net.AddrError:
		return "AddrError, Err " + e.Err + ", Addr " + Masked(e.Addr)
	case *net.ParseError:
		return "ParseError, Type " + e.Type + ", Text " + e.Text
	case net.UnknownNetworkError:
		return "UnknownNetworkError"
	case net.InvalidAddrError:
		return "InvalidAddrError"
	}
	switch err {
	case io.EOF:
		return "io.EOF"
	case io.ErrUnexpectedEOF:
		return "io.ErrUnexpectedEOF"
	case os.ErrDeadlineExceeded:
		return "os.ErrDeadlineExceeded"
	case os.ErrNoDeadline:
		return "os.ErrNoDeadline"
	case os.ErrClosed:
		return "os.ErrClosed"
	case net.ErrClosed:
		return "net.ErrClosed"
	case context.Canceled:
		return "context.Canceled"
	case context.DeadlineExceeded:
		return "context.DeadlineExceeded"
	}
	return "other"
}

// targets are what errors.Is looks for.
var targets = []struct {
	name string
	err  error
}{
	{"os.ErrDeadlineExceeded", os.ErrDeadlineExceeded},
	{"os.ErrNoDeadline", os.ErrNoDeadline},
	{"os.ErrClosed", os.ErrClosed},
	{"os.ErrInvalid", os.ErrInvalid},
	{"os.ErrNotExist", os.ErrNotExist},
	{"os.ErrExist", os.ErrExist},
	{"os.ErrPermission", os.ErrPermission},
	{"net.ErrClosed", net.ErrClosed},
	{"io.EOF", io.EOF},
	{"io.ErrUnexpectedEOF", io.ErrUnexpectedEOF},
	{"context.Canceled", context.Canceled},
	{"context.DeadlineExceeded", context.DeadlineExceeded},
	{"EPIPE", syscall.EPIPE},
	{"ECONNRESET", syscall.ECONNRESET},
	{"ECONNREFUSED", syscall.ECONNREFUSED},
	{"EADDRINUSE", syscall.EADDRINUSE},
	{"EADDRNOTAVAIL", syscall.EADDRNOTAVAIL},
	{"ENOTCONN", syscall.ENOTCONN},
	{"EINVAL", syscall.EINVAL},
	{"ENOENT", syscall.ENOENT},
}

// show takes an error apart.
func show(what string, err error) {
	Say("== " + what)
	if err == nil {
		Say("nil")
		return
	}
	for e := err; e != nil; e = errors.Unwrap(e) {
		s := level(e) + ": " + Masked(e.Error())
		if t, ok := e.(interface{ Timeout() bool }); ok {
			s += ", Timeout " + strconv.FormatBool(t.Timeout())
		}
		if t, ok := e.(interface{ Temporary() bool }); ok {
			s += ", Temporary " + strconv.FormatBool(t.Temporary())
		}
		Say(s)
	}
	s := "is"
	for _, t := range targets {
		if errors.Is(err, t.err) {
			s += " " + t.name
		}
	}
	Say(s)
	s = "as"
	var op *net.OpError
	if errors.As(err, &op) {
		s += " OpError " + op.Op
	}
	var call *os.SyscallError
	if errors.As(err, &call) {
		s += " SyscallError " + call.Syscall
	}
	var errno syscall.Errno
	if errors.As(err, &errno) {
		s += " Errno " + strconv.Itoa(int(errno))
	}
	var path *fs.PathError
	if errors.As(err, &path) {
		s += " PathError " + path.Op
	}
	var addr *net.AddrError
	if errors.As(err, &addr) {
		s += " AddrError " + addr.Err
	}
	var t interface{ Timeout() bool }
	if errors.As(err, &t) {
		s += " Timeout " + strconv.FormatBool(t.Timeout())
	}
	Say(s)
	Say("os.IsTimeout " + strconv.FormatBool(os.IsTimeout(err)) + ", IsNotExist " + strconv.FormatBool(os.IsNotExist(err)) +
		", IsExist " + strconv.FormatBool(os.IsExist(err)) + ", IsPermission " + strconv.FormatBool(os.IsPermission(err)))
}

func closeBoth(c, s *net.TCPConn) {
	Must(c.Close())
	Must(s.Close())
}

func ends() {
	c, s := Connect()
	Must(s.CloseWrite())
	_, err := c.Read(make([]byte, 1))
	show("the end of a stream", err)
	closeBoth(c, s)

	c, s = Connect()
	_, err = s.Write(make([]byte, 3))
	Must(err)
	Must(s.CloseWrite())
	_, err = io.ReadFull(c, make([]byte, 5))
	show("the end comes too early", err)
	closeBoth(c, s)
}

func resets() {
	c, s := Connect()
	Must(s.SetLinger(0))
	Must(s.Close())
	_, err := c.Read(make([]byte, 1))
	show("read after a reset", err)
	_, err = c.Write(make([]byte, 1))
	show("write after a reset", err)
	show("CloseWrite after a reset", c.CloseWrite())
	show("CloseRead after a reset", c.CloseRead())
	Must(c.Close())
}

func closed() {
	c, s := Connect()
	closeBoth(c, s)
	_, err := c.Read(make([]byte, 1))
	show("read, closed", err)
	_, err = c.Write(make([]byte, 1))
	show("write, closed", err)
	show("Close, closed", c.Close())
	show("CloseWrite, closed", c.CloseWrite())
	show("SetDeadline, closed", c.SetDeadline(time.Time{}))
	show("SetNoDelay, closed", c.SetNoDelay(true))
	_, err = c.File()
	show("File, closed", err)
	rc, err := c.SyscallConn()
	Must(err)
	show("Control, closed", rc.Control(func(fd uintptr) {}))
	show("raw Read, closed", rc.Read(func(fd uintptr) bool { return true }))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	Must(err)
	Names = nil
	Name(l.Addr(), "listener")
	Must(l.Close())
	_, err = l.Accept()
	show("Accept, closed", err)
	show("Close, closed", l.Close())
	show("SetDeadline, closed", l.(*net.TCPListener).SetDeadline(time.Time{}))
}

func deadlines() {
	c, s := Connect()
	Must(c.SetDeadline(time.Unix(1, 0)))
	_, err := c.Read(make([]byte, 1))
	show("read, deadline", err)
	_, err = c.Write(make([]byte, 1))
	show("write, deadline", err)
	Must(c.SetDeadline(time.Now().Add(20 * time.Millisecond)))
	_, err = c.Read(make([]byte, 1))
	show("read, deadline passes", err)
	closeBoth(c, s)
	Must(Listener.SetDeadline(time.Unix(1, 0)))
	_, err = Listener.Accept()
	show("accept, deadline", err)
	Must(Listener.SetDeadline(time.Time{}))
}

func dials() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	Must(err)
	Names = nil
	Name(l.Addr(), "server")
	addr := l.Addr().String()
	Must(l.Close())
	_, err = net.Dial("tcp", addr)
	show("refused", err)
	_, err = net.DialTCP("tcp", nil, l.Addr().(*net.TCPAddr))
	show("refused, DialTCP", err)
	d := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)}}
	_, err = d.Dial("tcp", addr)
	show("refused, LocalAddr", err)
	d = &net.Dialer{Deadline: time.Unix(1, 0)}
	_, err = d.Dial("tcp", addr)
	show("dial, deadline", err)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	d = &net.Dialer{}
	_, err = d.DialContext(ctx, "tcp", addr)
	show("dial, canceled", err)
	show("the context", ctx.Err())
	ctx, cancel = context.WithDeadline(context.Background(), time.Unix(1, 0))
	show("the context", ctx.Err())
	cancel()
	d = &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(198, 51, 100, 1)}}
	_, err = d.Dial("tcp", addr)
	show("dial, LocalAddr is not ours", err)
	d = &net.Dialer{LocalAddr: &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)}}
	_, err = d.Dial("tcp", addr)
	show("dial, LocalAddr of another kind", err)
	_, err = net.Dial("tcp", "")
	show("dial, no address", err)
	_, err = net.Dial("tcp", "127.0.0.1")
	show("dial, no port", err)
	_, err = net.Dial("tcp", "127.0.0.1:99999")
	show("dial, bad port", err)
	_, err = net.Dial("tcp4", "[::1]:1")
	show("dial, no suitable address", err)
	_, err = net.Dial("tcp5", "127.0.0.1:1")
	show("dial, unknown network", err)
	_, err = net.DialTCP("tcp", nil, nil)
	show("DialTCP, no address", err)
}

func listens() {
	Names = nil
	Name(Listener.Addr(), "server")
	_, err := net.Listen("tcp", Listener.Addr().String())
	show("listen, in use", err)
	_, err = net.Listen("tcp", "198.51.100.1:0")
	show("listen, not ours", err)
	_, err = net.Listen("tcp5", "127.0.0.1:0")
	show("listen, unknown network", err)
	_, err = net.Listen("tcp", "[127.0.0.1:0")
	show("listen, bad address", err)
	_, err = net.ResolveTCPAddr("tcp5", "127.0.0.1:0")
	show("resolve, unknown network", err)
	_, _, err = net.ParseCIDR("127.0.0.1/33")
	show("ParseCIDR", err)
	_, _, err = net.SplitHostPort("127.0.0.1")
	show("SplitHostPort", err)
}

func files() {
	Names = nil
	_, err := os.Open("/no/such/file")
	show("open, no file", err)
	f, err := os.Open("/dev/null")
	Must(err)
	_, err = f.Write(make([]byte, 1))
	show("write, read only", err)
	_, err = net.FileConn(f)
	show("FileConn, no socket", err)
	show("SetDeadline, /proc/self/stat", deadlineOf("/proc/self/stat"))
	Must(f.Close())
	_, err = f.Read(make([]byte, 1))
	show("read, closed", err)
	show("close, closed", f.Close())
	r, w, err := os.Pipe()
	Must(err)
	Must(r.SetDeadline(time.Unix(1, 0)))
	_, err = r.Read(make([]byte, 1))
	show("read, deadline", err)
	Must(r.Close())
	_, err = w.Write(make([]byte, 1))
	show("write, no reader", err)
	Must(w.Close())
}

func deadlineOf(name string) error {
	f, err := os.Open(name)
	Must(err)
	err = f.SetDeadline(time.Unix(1, 0))
	Must(f.Close())
	return err
}

// Errors that are put together by hand.
func byHand() {
	a := &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 80}
	show("ECONNABORTED, accept", &net.OpError{Op: "accept", Net: "tcp", Addr: a, Err: os.NewSyscallError("accept4", syscall.ECONNABORTED)})
	show("ECONNRESET, accept", &net.OpError{Op: "accept", Net: "tcp", Addr: a, Err: os.NewSyscallError("accept4", syscall.ECONNRESET)})
	show("ECONNRESET, accept, bare", &net.OpError{Op: "accept", Net: "tcp", Addr: a, Err: syscall.ECONNRESET})
	show("ECONNRESET, read", &net.OpError{Op: "read", Net: "tcp", Source: a, Addr: a, Err: os.NewSyscallError("read", syscall.ECONNRESET)})
	show("EMFILE", &net.OpError{Op: "accept", Net: "tcp", Addr: a, Err: os.NewSyscallError("accept4", syscall.EMFILE)})
	show("ETIMEDOUT", &net.OpError{Op: "read", Net: "tcp", Source: a, Addr: a, Err: os.NewSyscallError("read", syscall.ETIMEDOUT)})
	show("EAGAIN", &net.OpError{Op: "read", Net: "tcp", Source: a, Err: syscall.EAGAIN})
	show("EINTR", &net.OpError{Op: "read", Err: syscall.EINTR})
	show("inside another", &net.OpError{Op: "dial", Net: "tcp", Err: &net.OpError{Op: "read", Net: "tcp", Err: os.ErrDeadlineExceeded}})
	show("NewSyscallError nil", os.NewSyscallError("read", nil))
	show("ParseError", &net.ParseError{Type: "IP address", Text: "x"})
	show("AddrError", &net.AddrError{Err: "no good"})
	show("InvalidAddrError", net.InvalidAddrError("no good"))
	show("Errno 0", syscall.Errno(0))
}

// The texts of all error numbers.
func errnos() {
	Say("== errno")
	for i := 1; i < 140; i++ {
		e := syscall.Errno(i)
		s := strconv.Itoa(i) + " " + e.Error()
		if e.Timeout() {
			s += ", Timeout"
		}
		if e.Temporary() {
			s += ", Temporary"
		}
		for _, t := range targets {
			if strings.HasPrefix(t.name, "os.") && errors.Is(e, t.err) {
				s += ", " + t.name
			}
		}
		Say(s)
	}
}

func main() {
	Listener = Listen()
	ends()
	resets()
	closed()
	deadlines()
	dials()
	listens()
	files()
	byHand()
	errnos()
	Must(Listener.Close())
}
