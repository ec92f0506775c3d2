// Command listening listens: on all forms of an address without a port, where it cannot be done,
// again on the same port, with a ListenConfig, and on copies made by File.
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
)

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
	if errors.Is(err, syscall.EADDRINUSE) {
		s += " EADDRINUSE"
	}
	if errors.Is(err, syscall.EADDRNOTAVAIL) {
		s += " EADDRNOTAVAIL"
	}
	if errors.Is(err, syscall.EINVAL) {
		s += " EINVAL"
	}
	if errors.Is(err, syscall.EPIPE) {
		s += " EPIPE"
	}
	if errors.Is(err, syscall.ENOTCONN) {
		s += " ENOTCONN"
	}
	if errors.Is(err, syscall.ENOTSOCK) {
		s += " ENOTSOCK"
	}
	if errors.Is(err, net.ErrClosed) {
		s += " ErrClosed"
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
	case *net.AddrError:
		return "AddrError"
	case *net.DNSError:
		return "DNSError"
	case net.UnknownNetworkError:
		return "UnknownNetworkError"
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

func shown(a net.Addr) string {
	if a == nil {
		return "nil"
	}
	return a.Network() + " " + masked(a.String())
}

func masked(s string) string {
	for _, n := range names {
		s = strings.ReplaceAll(s, n[0], n[1])
	}
	return s
}

// listened shows what a listen gave and closes it.
func listened(what string, l net.Listener, err error) {
	if err != nil {
		say(what + ": " + text(err) + ", nil " + strconv.FormatBool(l == nil))
		return
	}
	name(l.Addr(), "port")
	say(what + ": " + shown(l.Addr()))
	names = names[:len(names)-1]
	must(l.Close())
}

// listen makes a listener on a port that the system chooses.
func listen() net.Listener {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	names = nil
	name(l.Addr(), "listener")
	return l
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

// hasIPv6 is whether the machine has a loopback address of version 6.
func hasIPv6() bool {
	l, err := net.Listen("tcp6", "[::1]:0")
	if err != nil {
		return false
	}
	must(l.Close())
	return true
}

// All forms of an address without a port, and a connection to each.
func forms() {
	say("== forms")
	names = nil
	list := [][3]string{
		{"tcp", "127.0.0.1:0", "127.0.0.1"},
		{"tcp", "127.0.0.1:", "127.0.0.1"},
		{"tcp", "127.0.0.1:00", "127.0.0.1"},
		{"tcp4", "127.0.0.1:0", "127.0.0.1"},
		{"tcp", "127.0.0.2:0", "127.0.0.2"},
		{"tcp", "0.0.0.0:0", "127.0.0.1"},
		{"tcp4", "0.0.0.0:0", "127.0.0.1"},
		{"tcp", ":0", "127.0.0.1"},
		{"tcp4", ":0", "127.0.0.1"},
		{"tcp", "", "127.0.0.1"},
		{"tcp4", "", "127.0.0.1"},
		{"tcp", "[::ffff:127.0.0.1]:0", "127.0.0.1"},
	}
	if hasIPv6() {
		list = append(list, [][3]string{
			{"tcp", "[::1]:0", "::1"},
			{"tcp6", "[::1]:0", "::1"},
			{"tcp", "[::]:0", "::1"},
			{"tcp", "[::]:0", "127.0.0.1"},
			{"tcp6", "[::]:0", "::1"},
			{"tcp", ":0", "::1"},
			{"tcp6", ":0", "::1"},
			{"tcp6", "", "::1"},
			{"tcp", "[0:0::1]:0", "::1"},
		}...)
	}
	for _, one := range list {
		l, err := net.Listen(one[0], one[1])
		must(err)
		names = nil
		name(l.Addr(), "port")
		_, port, err := net.SplitHostPort(l.Addr().String())
		must(err)
		c, err := net.Dial("tcp", net.JoinHostPort(one[2], port))
		must(err)
		name(c.LocalAddr(), "client")
		s, err := l.Accept()
		must(err)
		say(one[0] + " \"" + one[1] + "\": " + shown(l.Addr()) + ", accepted " + shown(s.LocalAddr()) + " from " + shown(s.RemoteAddr()))
		must(c.Close())
		must(s.Close())
		must(l.Close())
	}
}

// Addresses and networks that are none.
func bad() {
	say("== bad")
	names = nil
	for _, addr := range []string{
		"127.0.0.1",
		"127.0.0.1:999999",
		"127.0.0.1:65536",
		"127.0.0.1:-1",
		"127.0.0.1:x",
		"127.0.0.1:0x50",
		"127.0.0.1:80:80",
		"::1",
		"::1:0",
		"[::1",
		"[::1]",
		"[127.0.0.1:0",
		"127.0.0.1]:0",
		":x",
		":999999",
		"198.51.100.1:0",
		"198.51.100.1:80",
		"255.255.255.255:0",
	} {
		l, err := net.Listen("tcp", addr)
		listened("\""+addr+"\"", l, err)
	}
	for _, network := range []string{"", "tcp5", "TCP", "foo", "tcp4:0", "udp7"} {
		l, err := net.Listen(network, "127.0.0.1:0")
		listened("network \""+network+"\"", l, err)
	}
	l, err := net.Listen("tcp4", "[::1]:0")
	listened("tcp4 [::1]", l, err)
	l, err = net.Listen("tcp6", "127.0.0.1:0")
	listened("tcp6 127.0.0.1", l, err)
	t, err := net.ListenTCP("tcp5", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)})
	say("ListenTCP tcp5: " + text(err) + ", nil " + strconv.FormatBool(t == nil))
	t, err = net.ListenTCP("tcp", &net.TCPAddr{IP: net.IPv4(198, 51, 100, 1)})
	say("ListenTCP not local: " + text(err) + ", nil " + strconv.FormatBool(t == nil))
	t, err = net.ListenTCP("tcp4", &net.TCPAddr{IP: net.IPv6loopback})
	say("ListenTCP tcp4 ::1: " + text(err) + ", nil " + strconv.FormatBool(t == nil))
	t, err = net.ListenTCP("tcp4", nil)
	must(err)
	listened("ListenTCP tcp4 nil", t, err)
	t, err = net.ListenTCP("tcp", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)})
	must(err)
	listened("ListenTCP", t, err)
}

// Addresses that others have.
func inUse() {
	say("== in use")
	l := listen()
	addr := l.Addr().String()
	_, port, err := net.SplitHostPort(addr)
	must(err)
	l1, err := net.Listen("tcp", addr)
	listened("the same", l1, err)
	l1, err = net.Listen("tcp4", addr)
	listened("the same, tcp4", l1, err)
	l1, err = net.Listen("tcp4", "0.0.0.0:"+port)
	listened("all addresses", l1, err)
	t, err := net.ListenTCP("tcp", l.Addr().(*net.TCPAddr))
	say("ListenTCP: " + text(err) + ", nil " + strconv.FormatBool(t == nil))
	l1, err = net.Listen("tcp", "127.0.0.2:"+port)
	listened("another address", l1, err)
	var lc net.ListenConfig
	l1, err = lc.Listen(context.Background(), "tcp", addr)
	listened("ListenConfig", l1, err)
	must(l.Close())
	l1, err = net.Listen("tcp", addr)
	listened("after Close", l1, err)
}

// The same port again, while connections of the last listener are open, half-closed and gone.
func again() {
	say("== again")
	l := listen()
	addr := l.Addr().String()
	for i := 0; i < 3; i++ {
		c, err := net.Dial("tcp", addr)
		must(err)
		s, err := l.Accept()
		must(err)
		say("listener Close: " + text(l.Close()))
		if i == 1 {
			must(s.(*net.TCPConn).CloseWrite())
		}
		if i == 2 {
			must(s.Close())
			read("client", c)
			must(c.Close())
		}
		l, err = net.Listen("tcp", addr)
		say("listen again: " + text(err) + ", " + shown(l.Addr()))
		c1, err := net.Dial("tcp", addr)
		must(err)
		s1, err := l.Accept()
		must(err)
		write("client", c1, 3)
		read("server", s1)
		must(c1.Close())
		must(s1.Close())
		if i < 2 {
			write("first client", c, 4)
			read("first server", s)
			must(c.Close())
			read("first server", s)
			must(s.Close())
		}
	}
	say("listener Close: " + text(l.Close()))
}

// Connections are accepted in the order in which they came.
func order() {
	say("== order")
	l := listen()
	var conns []net.Conn
	for i := 0; i < 5; i++ {
		c, err := net.Dial("tcp", l.Addr().String())
		must(err)
		name(c.LocalAddr(), "client"+strconv.Itoa(i))
		conns = append(conns, c)
	}
	for _, c := range conns {
		s, err := l.Accept()
		must(err)
		say(shown(s.LocalAddr()) + " from " + shown(s.RemoteAddr()) + ", " + strconv.FormatBool(s.RemoteAddr().String() == c.LocalAddr().String()))
		must(s.Close())
		must(c.Close())
	}
	must(l.Close())
}

// ListenConfig, with its Control.
func config() {
	say("== ListenConfig")
	names = nil
	seen := ""
	lc := net.ListenConfig{Control: func(network, address string, c syscall.RawConn) error {
		value := -1
		err := c.Control(func(fd uintptr) {
			value, _ = syscall.GetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_REUSEADDR)
		})
		seen = network + " " + address + ", SO_REUSEADDR " + strconv.Itoa(value) + ", " + text(err)
		return nil
	}}
	l, err := lc.Listen(context.Background(), "tcp", "127.0.0.1:0")
	say("Control: " + seen)
	listened("tcp 127.0.0.1:0", l, err)
	l, err = lc.Listen(context.Background(), "tcp4", ":0")
	say("Control: " + seen)
	listened("tcp4 :0", l, err)
	seen = "not called"
	l, err = lc.Listen(context.Background(), "tcp", "127.0.0.1:x")
	say("Control: " + seen)
	listened("tcp 127.0.0.1:x", l, err)
	l, err = lc.Listen(context.Background(), "tcp", "198.51.100.1:0")
	say("Control: " + seen)
	listened("tcp 198.51.100.1:0", l, err)
	lc = net.ListenConfig{Control: func(network, address string, c syscall.RawConn) error {
		return errors.New("not today")
	}}
	l, err = lc.Listen(context.Background(), "tcp", "127.0.0.1:0")
	listened("Control refuses", l, err)
	lc = net.ListenConfig{Control: func(network, address string, c syscall.RawConn) error {
		return syscall.EINVAL
	}}
	l, err = lc.Listen(context.Background(), "tcp", "127.0.0.1:0")
	listened("Control refuses", l, err)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	lc = net.ListenConfig{}
	l, err = lc.Listen(ctx, "tcp", "127.0.0.1:0")
	listened("canceled context", l, err)
}

// Names of ports.
func ports() {
	say("== ports")
	names = nil
	for _, one := range [][2]string{
		{"tcp", "http"}, {"tcp", "HTTPS"}, {"tcp4", "ssh"}, {"tcp6", "smtp"}, {"udp", "domain"},
		{"tcp", "80"}, {"tcp", "+80"}, {"tcp", "-80"}, {"tcp", "0080"}, {"tcp", ""}, {"tcp", "65535"}, {"tcp", "65536"},
		{"tcp", "no-such-service"}, {"tcp", "a-name-that-is-longer-than-any-service"}, {"tcp5", "http"}, {"tcp5", "80"},
	} {
		port, err := net.LookupPort(one[0], one[1])
		say(one[0] + " \"" + one[1] + "\": " + strconv.Itoa(port) + ", " + text(err))
	}
}

// Copies of listeners and connections as files, and back.
func files() {
	say("== File")
	l := listen()
	addr := l.Addr().String()
	f, err := l.(*net.TCPListener).File()
	say("listener's: " + text(err) + ", " + masked(f.Name()))
	l1, err := net.FileListener(f)
	say("FileListener: " + text(err) + ", " + shown(l1.Addr()))
	say("listener Close: " + text(l.Close()))
	say("file Close: " + text(f.Close()))
	say("file Close: " + text(f.Close()))
	c, err := net.Dial("tcp", addr)
	must(err)
	name(c.LocalAddr(), "client")
	s, err := l1.Accept()
	say("Accept: " + text(err))

	cf, err := c.(*net.TCPConn).File()
	say("connection's: " + text(err) + ", " + masked(cf.Name()))
	c1, err := net.FileConn(cf)
	say("FileConn: " + text(err) + ", " + shown(c1.LocalAddr()) + " to " + shown(c1.RemoteAddr()))
	say("client Close: " + text(c.Close()))
	say("file Close: " + text(cf.Close()))
	write("copy", c1, 5)
	read("server", s)
	write("server", s, 6)
	read("copy", c1)
	say("copy CloseWrite: " + text(c1.(*net.TCPConn).CloseWrite()))
	read("server", s)
	say("copy Close: " + text(c1.Close()))
	say("copy Close: " + text(c1.Close()))
	say("server Close: " + text(s.Close()))

	// What is a listener as a connection, and the other way round.
	f, err = l1.(*net.TCPListener).File()
	must(err)
	c, err = net.FileConn(f)
	say("FileConn of a listener: " + text(err) + ", " + shown(c.LocalAddr()) + " to " + shown(c.RemoteAddr()))
	read("it", c)
	write("it", c, 1)
	say("it Close: " + text(c.Close()))
	must(f.Close())
	c, err = net.Dial("tcp", addr)
	must(err)
	name(c.LocalAddr(), "another")
	f, err = c.(*net.TCPConn).File()
	must(err)
	l2, err := net.FileListener(f)
	say("FileListener of a connection: " + text(err) + ", " + shown(l2.Addr()))
	_, err = l2.Accept()
	say("it Accept: " + text(err))
	say("it Close: " + text(l2.Close()))
	must(f.Close())
	must(c.Close())
	say("listener Close: " + text(l1.Close()))

	// What is no socket.
	null, err := os.Open("/dev/null")
	must(err)
	_, err = net.FileConn(null)
	say("FileConn of /dev/null: " + text(err))
	_, err = net.FileListener(null)
	say("FileListener of /dev/null: " + text(err))
	must(null.Close())
	_, err = net.FileConn(null)
	say("FileConn of a closed file: " + text(err))
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == "file" {
		files()
	} else {
		forms()
		bad()
		inUse()
		again()
		order()
		config()
		ports()
	}
}
