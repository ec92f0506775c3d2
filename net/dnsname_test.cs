// Ports src/net/dnsname_test.go of go1.20.
using System.Collections.Generic;
using System.Text;
using static golang.net;

namespace golang;

/// <summary>What a domain name is.</summary>
[TestFixture]
public class dnsname_test
{
    private static readonly (string name, bool result)[] dnsNameTests =
    [
        // RFC 2181, section 11.
        ("_xmpp-server._tcp.google.com", true),
        ("foo.com", true),
        ("1foo.com", true),
        ("26.0.0.73.com", true),
        ("10-0-0-1", true),
        ("fo-o.com", true),
        ("fo1o.com", true),
        ("foo1.com", true),
        ("a.b..com", false),
        ("a.b-.com", false),
        ("a.b.com-", false),
        ("a.b..", false),
        ("b.com.", true),
    ];

    private static IEnumerable<(string name, bool result)> emitDNSNameTest()
    {
        var char63 = new string('a', 63);
        var char64 = char63 + "a";
        var longDomain = new StringBuilder().Insert(0, char63 + ".", 5) + "example";

        foreach (var tc in dnsNameTests)
        {
            yield return tc;
        }

        yield return (char63 + ".com", true);
        yield return (char64 + ".com", false);

        // In a message a name is two bytes longer than as it is written.
        // 253 is fine:
        yield return (longDomain[^253..], true);
        // A dot at the end does not count:
        yield return (longDomain[^253..] + ".", true);
        // 254 is too long:
        yield return (longDomain[^254..], false);
    }

    /// <summary>The table, and lengths.</summary>
    [Test]
    public void TestDNSName()
    {
        foreach (var tc in emitDNSNameTest())
        {
            Assert.That(isDomainName(tc.name), Is.EqualTo(tc.result), tc.name);
        }
    }
}
