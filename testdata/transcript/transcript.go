// Package transcript is what the programs of testdata write with: the results of calls, with errors in
// detail, and ports by name, because no two runs have the same.
// transcript.cs beside this file is the same package.
package transcript

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// Listener is where Connect dials.
var Listener *net.TCPListener

// Names has the ports that the transcript shows by name.
var Names [][2]string

// Name gives the port of an address a name.
func Name(a net.Addr, as string) {
	Names = append(Names, [2]string{":" + strconv.Itoa(a.(*net.TCPAddr).Port), ":" + as})
}

// Masked is s with the ports that have names under them.
func Masked(s string) string {
	for _, n := range Names {
		s = strings.ReplaceAll(s, n[0], n[1])
	}
	return s
}

func Say(s string) {
	os.Stdout.WriteString(s + "\n")
}

func Shown(a net.Addr) string {
	if a == nil {
		return "nil"
	}
	return a.Network() + " " + Masked(a.String())
}

// targets are what Text looks for.
var targets = []struct {
	name string
	err  error
}{
	{"EINVAL", syscall.EINVAL},
	{"EAGAIN", syscall.EAGAIN},
	{"EPIPE", syscall.EPIPE},
	{"ECONNRESET", syscall.ECONNRESET},
	{"ECONNREFUSED", syscall.ECONNREFUSED},
	{"ENOTCONN", syscall.ENOTCONN},
	{"ENOTSOCK", syscall.ENOTSOCK},
	{"ENOPROTOOPT", syscall.ENOPROTOOPT},
	{"EADDRINUSE", syscall.EADDRINUSE},
	{"EADDRNOTAVAIL", syscall.EADDRNOTAVAIL},
	{"net.ErrClosed", net.ErrClosed},
	{"context.Canceled", context.Canceled},
	{"EOF", io.EOF},
}

// Text is an error with the types of its chain and what it is.
func Text(err error) string {
	if err == nil {
		return "nil"
	}
	s := Masked(err.Error()) + " [" + kind(err)
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
	for _, t := range targets {
		if errors.Is(err, t.err) {
			s += " " + t.name
		}
	}
	// Both the context and the deadline of the socket can end a dial, and which is first is open.
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, os.ErrDeadlineExceeded) {
		s += " DeadlineExceeded"
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
	case *net.AddrError:
		return "AddrError"
	case *net.DNSError:
		return "DNSError"
	case net.UnknownNetworkError:
		return "UnknownNetworkError"
	}
	return "other"
}

// Must gives up on an error that no scenario expects.
func Must(err error) {
	if err != nil {
		Say("unexpected: " + Text(err))
		os.Exit(1)
	}
}

// Listen makes a listener and names its port.
func Listen() *net.TCPListener {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	Must(err)
	Names = nil
	Name(l.Addr(), "listener")
	return l.(*net.TCPListener)
}

// Connect makes a connection and returns both ends.
func Connect() (*net.TCPConn, *net.TCPConn) {
	c, err := net.Dial("tcp", Listener.Addr().String())
	Must(err)
	s, err := Listener.AcceptTCP()
	Must(err)
	Names = nil
	Name(c.LocalAddr(), "client")
	Name(c.RemoteAddr(), "server")
	return c.(*net.TCPConn), s
}

// CloseBoth closes the two ends of a connection.
func CloseBoth(c, s *net.TCPConn) {
	Say("client Close: " + Text(c.Close()))
	Say("server Close: " + Text(s.Close()))
}

// Read is one Read of at most 16 bytes.
func Read(what string, c io.Reader) {
	n, err := c.Read(make([]byte, 16))
	Say(what + ": read " + strconv.Itoa(n) + ", " + Text(err))
}

// Write is one Write of n bytes.
func Write(what string, c io.Writer, n int) {
	n, err := c.Write(make([]byte, n))
	Say(what + ": wrote " + strconv.Itoa(n) + ", " + Text(err))
}

// HasIPv6 is whether the machine has a loopback address of version 6.
func HasIPv6() bool {
	l, err := net.Listen("tcp6", "[::1]:0")
	if err != nil {
		return false
	}
	Must(l.Close())
	return true
}
