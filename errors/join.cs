// Ports src/errors/join.go of go1.20.

using System.Text;

namespace golang;

public static partial class errors
{
    /// <summary>
    /// Wraps the given errors in one. Nulls are dropped; null when nothing is left. The text is the texts
    /// of the errors with a newline between each two. Ports src/errors/join.go.
    /// </summary>
    /// <param name="errs">The errors; each may be null.</param>
    // PORT(append): an array of the right length.
    public static error? Join(params error?[] errs)
    {
        var n = 0;
        foreach (var err in errs)
        {
            if (err != null)
            {
                n++;
            }
        }
        if (n == 0)
        {
            return null;
        }
        var e = new joinError(new error[n]);
        n = 0;
        foreach (var err in errs)
        {
            if (err != null)
            {
                e.errs[n++] = err;
            }
        }
        return e;
    }

    internal sealed class joinError(error[] list) : error, unwrappers
    {
        internal error[] errs = list;

        // PORT(append): a StringBuilder is Go's bytes.
        public string Error()
        {
            var b = new StringBuilder();
            for (var i = 0; i < errs.Length; i++)
            {
                if (i > 0)
                {
                    b.Append('\n');
                }
                b.Append(errs[i].Error());
            }
            return b.ToString();
        }

        public error?[] Unwrap()
        {
            return errs;
        }

        public override string ToString()
        {
            return Error();
        }
    }
}
