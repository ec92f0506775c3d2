// Ports src/runtime/error.go of go1.20.
namespace golang;

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

public static partial class runtime
{
    /// <summary>A run time error, which is what the runtime panics with. Go: src/runtime/error.go.</summary>
    public interface Error : error
    {
        /// <summary>Does nothing. That a type has it tells a run time error from other errors.</summary>
        void RuntimeError();
    }

    // A plainError is a run time error whose text is the string alone,
    // not the string after "runtime error: ".
    // See Go issue 14965.
    internal readonly struct plainError(string s) : Error
    {
        private readonly string s = s;

        public void RuntimeError()
        {
        }

        public string Error() => s;
    }
    // printany prints what panic was called with. Of a type that the runtime does not know it
    // prints the type too.
    internal static void printany(object? i)
    {
        switch (i)
        {
            case null:
                print("nil");
                break;
            case bool v: // PORT(print): no int, uint, floats and complexes; int is int32
                print(v);
                break;
            case int8 v:
                print(v);
                break;
            case int16 v:
                print(v);
                break;
            case int32 v:
                print(v);
                break;
            case int64 v:
                print(v);
                break;
            case uint8 v:
                print(v);
                break;
            case uint16 v:
                print(v);
                break;
            case uint32 v:
                print(v);
                break;
            case uint64 v:
                print(v);
                break;
            case uintptr v:
                print(v);
                break;
            case string v:
                print(v);
                break;
            // PORT(print): no floats, no complex numbers.
            default:
                printanycustomtype(i);
                break;
        }
    }

    // typestring is PORT(print): the name of a type with its package, which is the class around it.
    internal static string typestring(Type t)
    {
        return t.DeclaringType == null ? t.ToString() : t.DeclaringType.Name + "." + t.Name;
    }

    // PORT(print): Go looks at the kind and prints the value, or its address; here its text.
    internal static void printanycustomtype(object i)
    {
        print("(", typestring(i.GetType()), ") ", i.ToString() ?? "");
    }
}
