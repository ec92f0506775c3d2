// Ports src/net/mac.go of go1.20.

namespace golang;

public static partial class net
{
    internal const string hexDigit = "0123456789abcdef";

    /// <summary>The address of a network interface's hardware. Go: src/net/mac.go.</summary>
    // PORT(slice): Go's type is []byte.
    public readonly struct HardwareAddr(byte[]? array)
    {
        public static implicit operator HardwareAddr(byte[]? b) => new HardwareAddr(b);

        public int Length => array == null ? 0 : array.Length;

        public Span<byte> Span => array;

        /// <summary>As text, "00:00:5e:00:53:01"; "" for none. Go: src/net/mac.go.</summary>
        public string String()
        {
            if (Length == 0)
            {
                return "";
            }
            var buf = new System.Text.StringBuilder(Length * 3 - 1); // PORT(append)
            for (var i = 0; i < Length; i++) // PORT(append)
            {
                var b = array![i]; // PORT(append)
                if (i > 0)
                {
                    buf.Append(':'); // PORT(append)
                }
                buf.Append(hexDigit[b >> 4]); // PORT(append)
                buf.Append(hexDigit[b & 0xF]); // PORT(append)
            } // PORT(append)
            return buf.ToString();
        }
    }
}
