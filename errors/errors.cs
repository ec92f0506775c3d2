// Ports src/errors/errors.go of go1.20.

namespace golang;

/// <summary>Package errors: making errors and taking chains of errors apart. Ports src/errors.</summary>
public static partial class errors
{
    /// <summary>
    /// Makes an error with the given text. Every call makes a distinct error, even for equal texts:
    /// two of them are the same error only when they are the same object.
    /// Ports src/errors/errors.go.
    /// </summary>
    /// <param name="text">What Error returns.</param>
    public static error New(string text)
    {
        return new errorString(text);
    }

    // errorString is the plain implementation of error. A class, as Go returns its address:
    // that is what makes two errors of one text differ.
    internal sealed class errorString(string text) : error
    {
        internal string s = text;

        public string Error()
        {
            return s;
        }

        public override string ToString()
        {
            return Error();
        }
    }
}
