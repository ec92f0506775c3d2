// Ports src/net/interface_test.go of go1.20, as far as it needs no network but loopback.
using System.Threading.Tasks;
using static golang.net;

namespace golang;

/// <summary>Network interfaces.</summary>
[TestFixture]
public class interface_test
{
    /// <summary>Every interface is found by its index and its name, and has addresses that make sense.</summary>
    [Test]
    public Task TestInterfaces() => main_test.Run(static async t =>
    {
        var (ift, err) = Interfaces();
        if (err != null)
        {
            t.Fatal(err);
        }
        foreach (var ifi in ift!)
        {
            (var ifxi, err) = InterfaceByIndex(ifi.Index);
            if (err != null)
            {
                t.Fatal(err);
            }
            Assert.That(ifxi!.Name, Is.EqualTo(ifi.Name));
            (var ifxn, err) = InterfaceByName(ifi.Name);
            if (err != null)
            {
                t.Fatal(err);
            }
            Assert.That((ifxn!.Index, ifxn.MTU, (uint32)ifxn.Flags), Is.EqualTo((ifi.Index, ifi.MTU, (uint32)ifi.Flags)));
            t.equal(ifxn.HardwareAddr.String(), ifi.HardwareAddr.String());
            Assert.That(zoneCache.index(ifi.Name), Is.EqualTo(ifi.Index));
            Assert.That(zoneCache.name(ifi.Index), Is.EqualTo(ifi.Name));
        }
    });

    /// <summary>The loopback interface: its flags and its addresses, and both ways to them.</summary>
    [Test]
    public Task TestLoopbackInterface() => main_test.Run(static async t =>
    {
        var (lo, err) = InterfaceByName("lo");
        if (err != null)
        {
            t.Fatal(err);
        }
        t.equal(lo!.Flags.String(), "up|loopback|running");
        t.equal(lo.HardwareAddr.String(), "");
        Assert.That(lo.MTU, Is.GreaterThan(0));
        (var ifat, err) = lo.Addrs();
        if (err != null)
        {
            t.Fatal(err);
        }
        Assert.That(Array.Exists(ifat!, a => a.String() == "127.0.0.1/8"));
        (ifat, err) = InterfaceAddrs();
        if (err != null)
        {
            t.Fatal(err);
        }
        Assert.That(Array.Exists(ifat!, a => a.String() == "127.0.0.1/8"));
        (var ip, err) = interfaceToIPv4Addr(lo);
        t.equal(err, "<nil>");
        t.equal(ip.String(), "127.0.0.1");
        (var ifi, err) = ipv4AddrToInterface(IPv4(127, 0, 0, 1));
        t.equal(err, "<nil>");
        Assert.That(ifi!.Index, Is.EqualTo(lo.Index));
    });

    /// <summary>What is not there gives an error.</summary>
    [Test]
    public Task TestInterfaceErrors() => main_test.Run(static async t =>
    {
        t.equal(InterfaceByIndex(0).err, "route ip+net: invalid network interface index");
        t.equal(InterfaceByIndex(int.MaxValue).err, "route ip+net: no such network interface");
        t.equal(InterfaceByName("").err, "route ip+net: invalid network interface name");
        t.equal(InterfaceByName("no such").err, "route ip+net: no such network interface");
    });
}
