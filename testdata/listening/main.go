// Command listening listens: on all forms of an address without a port, where it cannot be done,
// again on the same port, with a ListenConfig, and on copies made by File.
// main.cs beside this file is the same program.
package main

import (
	"context"
	"errors"
	"net"
	"os"
	"strconv"
	"syscall"

	. "goport/testdata/transcript"
)

// listened shows what a listen gave and closes it.
func listened(what string, l net.Listener, err error) {
	if err != nil {
		Say(what + ": " + Text(err) + ", nil " + strconv.FormatBool(l == nil))
		return
	}
	Name(l.Addr(), "port")
	Say(what + ": " + Shown(l.Addr()))
	Names = Names[:len(Names)-1]
	Must(l.Close())
}

// All forms of an address without a port, and a connection to each.
func forms() {
	Say("== forms")
	Names = nil
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
	if HasIPv6() {
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
		Must(err)
		Names = nil
		Name(l.Addr(), "port")
		_, port, err := net.SplitHostPort(l.Addr().String())
		Must(err)
		c, err := net.Dial("tcp", net.JoinHostPort(one[2], port))
		Must(err)
		Name(c.LocalAddr(), "client")
		s, err := l.Accept()
		Must(err)
		Say(one[0] + " \"" + one[1] + "\": " + Shown(l.Addr()) + ", accepted " + Shown(s.LocalAddr()) + " from " + Shown(s.RemoteAddr()))
		Must(c.Close())
		Must(s.Close())
		Must(l.Close())
	}
}

// Addresses and networks that are none.
func bad() {
	Say("== bad")
	Names = nil
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
	Say("ListenTCP tcp5: " + Text(err) + ", nil " + strconv.FormatBool(t == nil))
	t, err = net.ListenTCP("tcp", &net.TCPAddr{IP: net.IPv4(198, 51, 100, 1)})
	Say("ListenTCP not local: " + Text(err) + ", nil " + strconv.FormatBool(t == nil))
	t, err = net.ListenTCP("tcp4", &net.TCPAddr{IP: net.IPv6loopback})
	Say("ListenTCP tcp4 ::1: " + Text(err) + ", nil " + strconv.FormatBool(t == nil))
	t, err = net.ListenTCP("tcp4", nil)
	Must(err)
	listened("ListenTCP tcp4 nil", t, err)
	t, err = net.ListenTCP("tcp", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)})
	Must(err)
	listened("ListenTCP", t, err)
}

// Addresses that others have.
func inUse() {
	Say("== in use")
	l := Listen()
	addr := l.Addr().String()
	_, port, err := net.SplitHostPort(addr)
	Must(err)
	l1, err := net.Listen("tcp", addr)
	listened("the same", l1, err)
	l1, err = net.Listen("tcp4", addr)
	listened("the same, tcp4", l1, err)
	l1, err = net.Listen("tcp4", "0.0.0.0:"+port)
	listened("all addresses", l1, err)
	t, err := net.ListenTCP("tcp", l.Addr().(*net.TCPAddr))
	Say("ListenTCP: " + Text(err) + ", nil " + strconv.FormatBool(t == nil))
	l1, err = net.Listen("tcp", "127.0.0.2:"+port)
	listened("another address", l1, err)
	var lc net.ListenConfig
	l1, err = lc.Listen(context.Background(), "tcp", addr)
	listened("ListenConfig", l1, err)
	Must(l.Close())
	l1, err = net.Listen("tcp", addr)
	listened("after Close", l1, err)
}

// The same port again, while connections of the last listener are open, half-closed and gone.
func again() {
	Say("== again")
	var l net.Listener = Listen()
	addr := l.Addr().String()
	for i := 0; i < 3; i++ {
		c, err := net.Dial("tcp", addr)
		Must(err)
		s, err := l.Accept()
		Must(err)
		Say("listener Close: " + Text(l.Close()))
		if i == 1 {
			Must(s.(*net.TCPConn).CloseWrite())
		}
		if i == 2 {
			Must(s.Close())
			Read("client", c)
			Must(c.Close())
		}
		l, err = net.Listen("tcp", addr)
		Say("listen again: " + Text(err) + ", " + Shown(l.Addr()))
		c1, err := net.Dial("tcp", addr)
		Must(err)
		s1, err := l.Accept()
		Must(err)
		Write("client", c1, 3)
		Read("server", s1)
		Must(c1.Close())
		Must(s1.Close())
		if i < 2 {
			Write("first client", c, 4)
			Read("first server", s)
			Must(c.Close())
			Read("first server", s)
			Must(s.Close())
		}
	}
	Say("listener Close: " + Text(l.Close()))
}

// Connections are accepted in the order in which they came.
func order() {
	Say("== order")
	l := Listen()
	var conns []net.Conn
	for i := 0; i < 5; i++ {
		c, err := net.Dial("tcp", l.Addr().String())
		Must(err)
		Name(c.LocalAddr(), "client"+strconv.Itoa(i))
		conns = append(conns, c)
	}
	for _, c := range conns {
		s, err := l.Accept()
		Must(err)
		Say(Shown(s.LocalAddr()) + " from " + Shown(s.RemoteAddr()) + ", " + strconv.FormatBool(s.RemoteAddr().String() == c.LocalAddr().String()))
		Must(s.Close())
		Must(c.Close())
	}
	Must(l.Close())
}

// ListenConfig, with its Control.
func config() {
	Say("== ListenConfig")
	Names = nil
	seen := ""
	lc := net.ListenConfig{Control: func(network, address string, c syscall.RawConn) error {
		value := -1
		err := c.Control(func(fd uintptr) {
			value, _ = syscall.GetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_REUSEADDR)
		})
		seen = network + " " + address + ", SO_REUSEADDR " + strconv.Itoa(value) + ", " + Text(err)
		return nil
	}}
	l, err := lc.Listen(context.Background(), "tcp", "127.0.0.1:0")
	Say("Control: " + seen)
	listened("tcp 127.0.0.1:0", l, err)
	l, err = lc.Listen(context.Background(), "tcp4", ":0")
	Say("Control: " + seen)
	listened("tcp4 :0", l, err)
	seen = "not called"
	l, err = lc.Listen(context.Background(), "tcp", "127.0.0.1:x")
	Say("Control: " + seen)
	listened("tcp 127.0.0.1:x", l, err)
	l, err = lc.Listen(context.Background(), "tcp", "198.51.100.1:0")
	Say("Control: " + seen)
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
	Say("== ports")
	Names = nil
	for _, one := range [][2]string{
		{"tcp", "http"}, {"tcp", "HTTPS"}, {"tcp4", "ssh"}, {"tcp6", "smtp"}, {"udp", "domain"},
		{"tcp", "80"}, {"tcp", "+80"}, {"tcp", "-80"}, {"tcp", "0080"}, {"tcp", ""}, {"tcp", "65535"}, {"tcp", "65536"},
		{"tcp", "no-such-service"}, {"tcp", "a-name-that-is-longer-than-any-service"}, {"tcp5", "http"}, {"tcp5", "80"},
	} {
		port, err := net.LookupPort(one[0], one[1])
		Say(one[0] + " \"" + one[1] + "\": " + strconv.Itoa(port) + ", " + Text(err))
	}
}

// Copies of listeners and connections as files, and back.
func files() {
	Say("== File")
	l := Listen()
	addr := l.Addr().String()
	f, err := l.File()
	Say("listener's: " + Text(err) + ", " + Masked(f.Name()))
	l1, err := net.FileListener(f)
	Say("FileListener: " + Text(err) + ", " + Shown(l1.Addr()))
	Say("listener Close: " + Text(l.Close()))
	Say("file Close: " + Text(f.Close()))
	Say("file Close: " + Text(f.Close()))
	c, err := net.Dial("tcp", addr)
	Must(err)
	Name(c.LocalAddr(), "client")
	s, err := l1.Accept()
	Say("Accept: " + Text(err))

	cf, err := c.(*net.TCPConn).File()
	Say("connection's: " + Text(err) + ", " + Masked(cf.Name()))
	c1, err := net.FileConn(cf)
	Say("FileConn: " + Text(err) + ", " + Shown(c1.LocalAddr()) + " to " + Shown(c1.RemoteAddr()))
	Say("client Close: " + Text(c.Close()))
	Say("file Close: " + Text(cf.Close()))
	Write("copy", c1, 5)
	Read("server", s)
	Write("server", s, 6)
	Read("copy", c1)
	Say("copy CloseWrite: " + Text(c1.(*net.TCPConn).CloseWrite()))
	Read("server", s)
	Say("copy Close: " + Text(c1.Close()))
	Say("copy Close: " + Text(c1.Close()))
	Say("server Close: " + Text(s.Close()))

	// What is a listener as a connection, and the other way round.
	f, err = l1.(*net.TCPListener).File()
	Must(err)
	c, err = net.FileConn(f)
	Say("FileConn of a listener: " + Text(err) + ", " + Shown(c.LocalAddr()) + " to " + Shown(c.RemoteAddr()))
	Read("it", c)
	Write("it", c, 1)
	Say("it Close: " + Text(c.Close()))
	Must(f.Close())
	c, err = net.Dial("tcp", addr)
	Must(err)
	Name(c.LocalAddr(), "another")
	f, err = c.(*net.TCPConn).File()
	Must(err)
	l2, err := net.FileListener(f)
	Say("FileListener of a connection: " + Text(err) + ", " + Shown(l2.Addr()))
	_, err = l2.Accept()
	Say("it Accept: " + Text(err))
	Say("it Close: " + Text(l2.Close()))
	Must(f.Close())
	Must(c.Close())
	Say("listener Close: " + Text(l1.Close()))

	// What is no socket.
	null, err := os.Open("/dev/null")
	Must(err)
	_, err = net.FileConn(null)
	Say("FileConn of /dev/null: " + Text(err))
	_, err = net.FileListener(null)
	Say("FileListener of /dev/null: " + Text(err))
	Must(null.Close())
	_, err = net.FileConn(null)
	Say("FileConn of a closed file: " + Text(err))
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
