// Command dialing dials: what is refused, what takes too long and is given up, bad addresses and
// networks, local addresses, literals of both versions of IP.
// main.cs beside this file is the same program.
package main

import (
	"context"
	"errors"
	"net"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
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
	// Both the context and the deadline of the socket can end a dial, and which is first is open.
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, os.ErrDeadlineExceeded) {
		s += " DeadlineExceeded"
	}
	if errors.Is(err, context.Canceled) {
		s += " context.Canceled"
	}
	if errors.Is(err, syscall.ECONNREFUSED) {
		s += " ECONNREFUSED"
	}
	if errors.Is(err, syscall.EADDRINUSE) {
		s += " EADDRINUSE"
	}
	if errors.Is(err, syscall.EADDRNOTAVAIL) {
		s += " EADDRNOTAVAIL"
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

// brief passes while the program waits for it; ever never does.
const (
	brief = 100 * time.Millisecond
	ever  = time.Hour
)

func shown(a net.Addr) string {
	s := a.String()
	for _, n := range names {
		s = strings.ReplaceAll(s, n[0], n[1])
	}
	return a.Network() + " " + s
}

// dialed shows what a dial gave and closes it.
func dialed(what string, c net.Conn, err error) {
	if err != nil {
		say(what + ": " + text(err) + ", nil " + strconv.FormatBool(c == nil))
		return
	}
	name(c.LocalAddr(), "client")
	say(what + ": " + shown(c.LocalAddr()) + " to " + shown(c.RemoteAddr()))
	names = names[:len(names)-1]
	must(c.Close())
}

// accepted takes a connection that was dialed off the listener.
func accepted(l net.Listener) {
	c, err := l.Accept()
	must(err)
	must(c.Close())
}

// listen makes a listener of its own and names its port.
func listen(network, address string) net.Listener {
	l, err := net.Listen(network, address)
	must(err)
	names = nil
	name(l.Addr(), "server")
	return l
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

// Nobody listens any more.
func refused() {
	say("== refused")
	l := listen("tcp", "127.0.0.1:0")
	addr := l.Addr().String()
	must(l.Close())
	c, err := net.Dial("tcp", addr)
	dialed("Dial", c, err)
	c, err = net.Dial("tcp4", addr)
	dialed("Dial tcp4", c, err)
	c, err = net.DialTimeout("tcp", addr, ever)
	dialed("DialTimeout", c, err)
	d := &net.Dialer{Deadline: time.Now().Add(ever)}
	c, err = d.Dial("tcp", addr)
	dialed("Deadline", c, err)
	ctx, cancel := context.WithCancel(context.Background())
	c, err = d.DialContext(ctx, "tcp", addr)
	dialed("DialContext", c, err)
	cancel()
	d = &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)}}
	c, err = d.Dial("tcp", addr)
	dialed("LocalAddr", c, err)
	_, err = net.DialTCP("tcp", nil, l.Addr().(*net.TCPAddr))
	say("DialTCP: " + text(err))
	c, err = net.Dial("tcp", "127.0.0.1:0")
	dialed("port 0", c, err)
	c, err = net.Dial("tcp", "127.0.0.1:")
	dialed("no port", c, err)
}

// The time is over, or somebody cancels, before anything is done.
func before() {
	say("== before")
	l := listen("tcp", "127.0.0.1:0")
	addr := l.Addr().String()
	d := &net.Dialer{Deadline: time.Now().Add(-ever)}
	c, err := d.Dial("tcp", addr)
	dialed("Deadline", c, err)
	d = &net.Dialer{Timeout: -1}
	c, err = d.Dial("tcp", addr)
	dialed("Timeout -1", c, err)
	c, err = net.DialTimeout("tcp", addr, 1)
	dialed("DialTimeout 1", c, err)
	d = &net.Dialer{Timeout: ever, Deadline: time.Unix(1, 0)}
	c, err = d.Dial("tcp", addr)
	dialed("Timeout and Deadline", c, err)
	d = &net.Dialer{Timeout: ever}
	ctx, cancel := context.WithDeadline(context.Background(), time.Now().Add(-ever))
	c, err = d.DialContext(ctx, "tcp", addr)
	dialed("context's deadline", c, err)
	say("is the context's: " + strconv.FormatBool(errors.Is(err, context.DeadlineExceeded)))
	cancel()
	ctx, cancel = context.WithCancel(context.Background())
	cancel()
	c, err = d.DialContext(ctx, "tcp", addr)
	dialed("canceled", c, err)
	d = &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)}}
	c, err = d.DialContext(ctx, "tcp", addr)
	dialed("canceled, LocalAddr", c, err)
	c, err = d.DialContext(ctx, "tcp", "127.0.0.1")
	dialed("canceled, bad address", c, err)
	must(l.Close())
}

// The queue of the listener is full, so connecting hangs until it is given up.
func during() {
	say("== during")
	l := listen("tcp", "127.0.0.1:0")
	addr := l.Addr().String()
	rc, err := l.(*net.TCPListener).SyscallConn()
	must(err)
	var err1 error
	err = rc.Control(func(fd uintptr) {
		err1 = syscall.Listen(int(fd), 0)
	})
	must(err)
	must(err1)
	first, err := net.Dial("tcp", addr)
	must(err)
	d := &net.Dialer{Timeout: brief}
	c, err := d.Dial("tcp", addr)
	dialed("Timeout", c, err)
	d = &net.Dialer{Deadline: time.Now().Add(brief)}
	c, err = d.Dial("tcp", addr)
	dialed("Deadline", c, err)
	d = &net.Dialer{Timeout: ever, Deadline: time.Now().Add(brief)}
	c, err = d.Dial("tcp", addr)
	dialed("Timeout and Deadline", c, err)
	c, err = net.DialTimeout("tcp", addr, brief)
	dialed("DialTimeout", c, err)
	d = &net.Dialer{}
	ctx, cancel := context.WithTimeout(context.Background(), brief)
	c, err = d.DialContext(ctx, "tcp", addr)
	dialed("context's deadline", c, err)
	cancel()
	ctx, cancel = context.WithCancel(context.Background())
	go func() {
		time.Sleep(brief)
		cancel()
	}()
	c, err = d.DialContext(ctx, "tcp", addr)
	dialed("canceled", c, err)
	d = &net.Dialer{Timeout: ever}
	ctx, cancel = context.WithCancel(context.Background())
	go func() {
		time.Sleep(brief)
		cancel()
	}()
	c, err = d.DialContext(ctx, "tcp", addr)
	dialed("canceled, Timeout", c, err)
	stop := make(chan struct{})
	d = &net.Dialer{Cancel: stop}
	go func() {
		time.Sleep(brief)
		close(stop)
	}()
	c, err = d.Dial("tcp", addr)
	dialed("Cancel", c, err)
	d = &net.Dialer{Timeout: brief, LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)}}
	c, err = d.Dial("tcp", addr)
	dialed("LocalAddr", c, err)

	// Somebody makes room, and a dial that waits gets through.
	done := make(chan error)
	go func() {
		c, err := net.DialTimeout("tcp", addr, ever)
		if err == nil {
			err = c.Close()
		}
		done <- err
	}()
	time.Sleep(brief)
	accepted(l)
	say("room: " + text(<-done))
	accepted(l)
	must(first.Close())
	must(l.Close())
}

// Local addresses.
func local() {
	say("== LocalAddr")
	l := listen("tcp", "127.0.0.1:0")
	addr := l.Addr().String()
	one := func(what string, a net.Addr, network string) {
		d := &net.Dialer{LocalAddr: a}
		c, err := d.Dial(network, addr)
		dialed(what, c, err)
		if err == nil {
			accepted(l)
		}
	}
	one("127.0.0.1", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)}, "tcp")
	one("127.0.0.2", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 2)}, "tcp")
	one("127.0.0.2 tcp4", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 2)}, "tcp4")
	one("none", &net.TCPAddr{}, "tcp")
	one("0.0.0.0", &net.TCPAddr{IP: net.IPv4zero}, "tcp")
	one("not ours", &net.TCPAddr{IP: net.IPv4(198, 51, 100, 1)}, "tcp")
	one("in use", l.Addr(), "tcp")
	one("version 6", &net.TCPAddr{IP: net.IPv6loopback}, "tcp")
	one("another kind", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)}, "tcp")
	must(l.Close())
}

// Addresses and networks that are none.
func bad() {
	say("== bad")
	names = nil
	for _, addr := range []string{
		"",
		"127.0.0.1",
		"127.0.0.1:80:80",
		"127.0.0.1:99999",
		"127.0.0.1:65536",
		"127.0.0.1:-1",
		"127.0.0.1:123456789012345678901234567890",
		"127.0.0.1:x",
		"127.0.0.1: 80",
		"127.0.0.1:8o",
		"127.0.0.1:no-such-service",
		"::1",
		"::1:80",
		"[::1]",
		"[::1",
		"::1]:80",
		"[::1]80",
		"[::1]:80:80",
		"[[::1]]:80",
		"127.0.0.1]:80",
		"[127.0.0.1:80",
		":99999",
		":x",
	} {
		c, err := net.Dial("tcp", addr)
		dialed("\""+addr+"\"", c, err)
	}
	for _, network := range []string{"", "tcp5", "tcpx", "TCP", "foo", "tcp:", "tcp4:6", "unixx"} {
		c, err := net.Dial(network, "127.0.0.1:80")
		dialed("network \""+network+"\"", c, err)
	}
	c, err := net.Dial("tcp4", "[::1]:80")
	dialed("tcp4 [::1]", c, err)
	c, err = net.Dial("tcp6", "127.0.0.1:80")
	dialed("tcp6 127.0.0.1", c, err)
	_, err = net.DialTCP("tcp5", nil, &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 80})
	say("DialTCP tcp5: " + text(err))
	_, err = net.DialTCP("tcp", nil, nil)
	say("DialTCP nil: " + text(err))
	_, err = net.DialTCP("tcp4", nil, &net.TCPAddr{IP: net.IPv6loopback, Port: 80})
	say("DialTCP tcp4 ::1: " + text(err))
	c, err = net.DialTimeout("tcp", "127.0.0.1", ever)
	dialed("DialTimeout", c, err)
}

// Addresses that are resolved without a look-up.
func resolve() {
	say("== resolve")
	names = nil
	for _, one := range [][2]string{
		{"tcp", "127.0.0.1:80"},
		{"tcp", "127.0.0.1:0"},
		{"tcp", "127.0.0.1:"},
		{"tcp", "127.0.0.1:+80"},
		{"tcp", "127.0.0.1:0080"},
		{"tcp", ":80"},
		{"tcp", "0.0.0.0:80"},
		{"tcp", "[::1]:80"},
		{"tcp", "[::]:80"},
		{"tcp", "[::ffff:127.0.0.1]:80"},
		{"tcp", "[2001:db8::0:1]:443"},
		{"tcp4", "127.0.0.1:80"},
		{"tcp4", "[::ffff:127.0.0.1]:80"},
		{"tcp4", "[::1]:80"},
		{"tcp4", ":80"},
		{"tcp6", "[::1]:80"},
		{"tcp6", "127.0.0.1:80"},
		{"tcp6", ":80"},
		{"", "127.0.0.1:80"},
		{"udp", "127.0.0.1:80"},
		{"tcp", "127.0.0.1"},
		{"tcp", "127.0.0.1:65536"},
	} {
		a, err := net.ResolveTCPAddr(one[0], one[1])
		if err != nil {
			say(one[0] + " \"" + one[1] + "\": " + text(err))
			continue
		}
		say(one[0] + " \"" + one[1] + "\": " + shown(a) + ", " + strconv.Itoa(len(a.IP)) + " bytes, port " + strconv.Itoa(a.Port))
	}
}

// Literals of version 4, and of version 6 if the machine has it.
func literals() {
	say("== literals")
	l := listen("tcp4", "127.0.0.1:0")
	_, port, err := net.SplitHostPort(l.Addr().String())
	must(err)
	for _, one := range [][2]string{
		{"tcp", "127.0.0.1"},
		{"tcp4", "127.0.0.1"},
		{"tcp", "127.0.0.3"},
		{"tcp", "0.0.0.0"},
		{"tcp4", "0.0.0.0"},
		{"tcp4", ""},
		{"tcp", "::ffff:127.0.0.1"},
		{"tcp4", "::ffff:127.0.0.1"},
	} {
		addr := net.JoinHostPort(one[1], port)
		c, err := net.Dial(one[0], addr)
		dialed(one[0]+" "+one[1], c, err)
		if err == nil {
			accepted(l)
		}
	}
	must(l.Close())
	if !hasIPv6() {
		say("no version 6")
		return
	}
	l = listen("tcp6", "[::1]:0")
	_, port, err = net.SplitHostPort(l.Addr().String())
	must(err)
	for _, one := range [][2]string{
		{"tcp", "::1"},
		{"tcp6", "::1"},
		{"tcp", "0:0:0:0:0:0:0:1"},
		{"tcp", "::"},
		{"tcp6", "::"},
		{"tcp6", ""},
		{"tcp4", "127.0.0.1"},
	} {
		addr := net.JoinHostPort(one[1], port)
		c, err := net.Dial(one[0], addr)
		dialed(one[0]+" "+one[1], c, err)
		if err == nil {
			accepted(l)
		}
	}
	d := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)}}
	c, err := d.Dial("tcp", l.Addr().String())
	dialed("LocalAddr of version 4", c, err)
	must(l.Close())
	c, err = net.Dial("tcp", l.Addr().String())
	dialed("refused", c, err)
}

// Control sees the socket before it is connected, and may refuse.
func control() {
	say("== Control")
	l := listen("tcp", "127.0.0.1:0")
	seen := ""
	d := &net.Dialer{Control: func(network, address string, c syscall.RawConn) error {
		for _, n := range names {
			address = strings.ReplaceAll(address, n[0], n[1])
		}
		seen = network + " " + address
		return nil
	}}
	c, err := d.Dial("tcp", l.Addr().String())
	say("Control: " + seen)
	dialed("Control", c, err)
	accepted(l)
	d = &net.Dialer{Control: func(network, address string, c syscall.RawConn) error {
		return errors.New("not today")
	}}
	c, err = d.Dial("tcp", l.Addr().String())
	dialed("Control", c, err)
	must(l.Close())
}

func main() {
	refused()
	before()
	during()
	local()
	bad()
	resolve()
	literals()
	control()
}
