// Ports src/runtime/error.go of go1.20.
namespace go;

/// <summary>Go's predeclared error: null means no error.</summary>
public interface error
{
    /// <summary>The text.</summary>
    string Error();
}

/// <summary>An error that can say whether it is a timeout.</summary>
public interface timeout
{
    /// <summary>Whether the error is a timeout.</summary>
    bool Timeout();
}

/// <summary>An error that can say whether it is temporary.</summary>
public interface temporary
{
    /// <summary>Whether the error is temporary.</summary>
    bool Temporary();
}

/// <summary>An error that wraps another one.</summary>
public interface unwrapper
{
    /// <summary>The error inside, or null.</summary>
    error? Unwrap();
}

/// <summary>An error that compares itself with others, for errors.Is.</summary>
public interface isser
{
    /// <summary>Whether this error is to count as target.</summary>
    bool Is(error? target);
}
