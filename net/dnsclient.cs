// Ports src/net/dnsclient.go of go1.20.

namespace golang;

public static partial class net
{
    // PORT(resolver): what makes and reads names in DNS messages stands here.

    // isDomainName says whether s is a domain name as it is written: labels of
    // letters, digits and hyphens, as those of hosts are, or with underscores,
    // as in SRV records; golang.org/issue/12421.
    internal static bool isDomainName(string s)
    {
        // The root is a name; golang.org/issue/45715.
        if (s == ".")
        {
            return true;
        }

        // RFC 1035 and RFC 3696.
        // As written, a name has dots before all labels but the first, and the
        // empty label at the end may be left out: names are taken as absolute.
        // In a message each label has its length before it, so the first and
        // the last one need a byte more, and 255 is the most that there is
        // room for. So 253 is the most here, or 254 with a dot at the end.
        var l = s.Length;
        if (l == 0 || l > 254 || l == 254 && s[l - 1] != '.')
        {
            return false;
        }

        var last = '.';
        var nonNumeric = false; // a letter, a hyphen or an underscore was there
        var partlen = 0;
        for (var i = 0; i < s.Length; i++)
        {
            var c = s[i];
            if ('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_')
            {
                nonNumeric = true;
                partlen++;
            }
            else if ('0' <= c && c <= '9')
            {
                // as it should be
                partlen++;
            }
            else if (c == '-')
            {
                // No dot may stand before a hyphen.
                if (last == '.')
                {
                    return false;
                }
                partlen++;
                nonNumeric = true;
            }
            else if (c == '.')
            {
                // Neither a dot nor a hyphen may stand before a dot.
                if (last == '.' || last == '-')
                {
                    return false;
                }
                if (partlen > 63 || partlen == 0)
                {
                    return false;
                }
                partlen = 0;
            }
            else
            {
                return false;
            }
            last = c;
        }
        if (last == '-' || partlen > 63)
        {
            return false;
        }

        return nonNumeric;
    }

    // absDomainName makes s an absolute name, with a dot at the end, as all
    // lookups give it; golang.org/issue/12189. Names of /etc/hosts should stay
    // without; which these are cannot be told, so those without any dot are
    // taken for them ("localhost", "myhost").
    internal static string absDomainName(string s)
    {
        if (s.IndexOf('.') != -1 && s[s.Length - 1] != '.')
        {
            s += ".";
        }
        return s;
    }

    // PORT(resolver): SRV, MX and NS records stand here.
}
