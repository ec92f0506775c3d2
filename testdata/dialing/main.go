// Command dialing dials: what is refused, what takes too long and is given up, bad addresses and
// networks, local addresses, literals of both versions of IP.
// main.cs beside this file is the same program.
package main

import (
	"context"
	"errors"
	"net"
	"strconv"
	"syscall"
	"time"

	. "goport/testdata/transcript"
)

// brief passes while the program waits for it; ever never does.
const (
	brief = 100 * time.Millisecond
	ever  = time.Hour
)

// dialed shows what a dial gave and closes it.
func dialed(what string, c net.Conn, err error) {
	if err != nil {
		Say(what + ": " + Text(err) + ", nil " + strconv.FormatBool(c == nil))
		return
	}
	Name(c.LocalAddr(), "client")
	Say(what + ": " + Shown(c.LocalAddr()) + " to " + Shown(c.RemoteAddr()))
	Names = Names[:len(Names)-1]
	Must(c.Close())
}

// accepted takes a connection that was dialed off the listener.
func accepted(l net.Listener) {
	c, err := l.Accept()
	Must(err)
	Must(c.Close())
}

// listen makes a listener of its own and names its port.
func listen(network, address string) net.Listener {
	l, err := net.Listen(network, address)
	Must(err)
	Names = nil
	Name(l.Addr(), "server")
	return l
}

// Nobody listens any more.
func refused() {
	Say("== refused")
	l := listen("tcp", "127.0.0.1:0")
	addr := l.Addr().String()
	Must(l.Close())
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
	Say("DialTCP: " + Text(err))
	c, err = net.Dial("tcp", "127.0.0.1:0")
	dialed("port 0", c, err)
	c, err = net.Dial("tcp", "127.0.0.1:")
	dialed("no port", c, err)
}

// The time is over, or somebody cancels, before anything is done.
func before() {
	Say("== before")
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
	Say("is the context's: " + strconv.FormatBool(errors.Is(err, context.DeadlineExceeded)))
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
	Must(l.Close())
}

// The queue of the listener is full, so connecting hangs until it is given up.
func during() {
	Say("== during")
	l := listen("tcp", "127.0.0.1:0")
	addr := l.Addr().String()
	rc, err := l.(*net.TCPListener).SyscallConn()
	Must(err)
	var err1 error
	err = rc.Control(func(fd uintptr) {
		err1 = syscall.Listen(int(fd), 0)
	})
	Must(err)
	Must(err1)
	first, err := net.Dial("tcp", addr)
	Must(err)
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
	Say("room: " + Text(<-done))
	accepted(l)
	Must(first.Close())
	Must(l.Close())
}

// Local addresses.
func local() {
	Say("== LocalAddr")
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
	Must(l.Close())
}

// Addresses and networks that are none.
func bad() {
	Say("== bad")
	Names = nil
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
	Say("DialTCP tcp5: " + Text(err))
	_, err = net.DialTCP("tcp", nil, nil)
	Say("DialTCP nil: " + Text(err))
	_, err = net.DialTCP("tcp4", nil, &net.TCPAddr{IP: net.IPv6loopback, Port: 80})
	Say("DialTCP tcp4 ::1: " + Text(err))
	c, err = net.DialTimeout("tcp", "127.0.0.1", ever)
	dialed("DialTimeout", c, err)
}

// Addresses that are resolved without a look-up.
func resolve() {
	Say("== resolve")
	Names = nil
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
			Say(one[0] + " \"" + one[1] + "\": " + Text(err))
			continue
		}
		Say(one[0] + " \"" + one[1] + "\": " + Shown(a) + ", " + strconv.Itoa(len(a.IP)) + " bytes, port " + strconv.Itoa(a.Port))
	}
}

// Literals of version 4, and of version 6 if the machine has it.
func literals() {
	Say("== literals")
	l := listen("tcp4", "127.0.0.1:0")
	_, port, err := net.SplitHostPort(l.Addr().String())
	Must(err)
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
	Must(l.Close())
	if !HasIPv6() {
		Say("no version 6")
		return
	}
	l = listen("tcp6", "[::1]:0")
	_, port, err = net.SplitHostPort(l.Addr().String())
	Must(err)
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
	Must(l.Close())
	c, err = net.Dial("tcp", l.Addr().String())
	dialed("refused", c, err)
}

// Control sees the socket before it is connected, and may refuse.
func control() {
	Say("== Control")
	l := listen("tcp", "127.0.0.1:0")
	seen := ""
	d := &net.Dialer{Control: func(network, address string, c syscall.RawConn) error {
		seen = network + " " + Masked(address)
		return nil
	}}
	c, err := d.Dial("tcp", l.Addr().String())
	Say("Control: " + seen)
	dialed("Control", c, err)
	accepted(l)
	d = &net.Dialer{Control: func(network, address string, c syscall.RawConn) error {
		return errors.New("not today")
	}}
	c, err = d.Dial("tcp", l.Addr().String())
	dialed("Control", c, err)
	Must(l.Close())
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
