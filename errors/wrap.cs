// Ports src/errors/wrap.go of go1.20.

namespace golang;

/// <summary>
/// The method by which an error gives the errors that it wraps when there can be several:
/// Go's <c>interface{ Unwrap() []error }</c>. Ports src/errors/wrap.go.
/// </summary>
public interface unwrappers
{
    /// <summary>Gives the wrapped errors.</summary>
    error?[] Unwrap();
}

public static partial class errors
{
    /// <summary>
    /// Gives what err's Unwrap method returns when err has one that returns a single error, else null.
    /// An error that wraps several is not taken apart. Ports src/errors/wrap.go.
    /// </summary>
    /// <param name="err">The error, or null.</param>
    public static error? Unwrap(error? err)
    {
        if (err is not unwrapper u)
        {
            return null;
        }
        return u.Unwrap();
    }

    /// <summary>
    /// Reports whether an error in err's tree matches target. The tree is err itself and what repeated
    /// Unwrap gives, depth first. A node matches when it equals target or when its Is method says so;
    /// an Is method should look at the two errors only, not unwrap them. Ports src/errors/wrap.go.
    /// </summary>
    /// <param name="err">The root of the tree, or null.</param>
    /// <param name="target">The error that is looked for, or null.</param>
    public static bool Is(error? err, error? target)
    {
        if (target == null)
        {
            return err == target;
        }

        // PORT(reflect): Go first asks by reflection whether target's type is comparable. Here Equals
        // answers for every type: the identity of classes, the fields of structs.
        for (; ; )
        {
            if (target.Equals(err))
            {
                return true;
            }
            if (err is isser x && x.Is(target))
            {
                return true;
            }
            switch (err)
            {
                case unwrapper u:
                    err = u.Unwrap();
                    if (err == null)
                    {
                        return false;
                    }
                    break;
                case unwrappers us:
                    foreach (var e in us.Unwrap())
                    {
                        if (Is(e, target))
                        {
                            return true;
                        }
                    }
                    return false;
                default:
                    return false;
            }
        }
    }

    /// <summary>
    /// Finds the first error in err's tree (depth first, as for Is) that is a T, and puts it into target.
    /// Reports whether there was one. Ports src/errors/wrap.go.
    /// </summary>
    /// <param name="err">The root of the tree, or null.</param>
    /// <param name="target">The error found; the default of T when the result is false.</param>
    // PORT(reflect)
    public static bool As<T>(error? err, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out T target)
    {
        // PORT(reflect): Go takes a pointer of any type and checks at run time that it is not nil and points
        // to an interface or an error type. Here T and out say that; the As methods of errors, which would
        // receive such an untyped pointer, are not asked (no error of the port has one).
        if (err == null)
        {
            target = default;
            return false;
        }
        for (; ; )
        {
            if (err is T t)
            {
                target = t;
                return true;
            }
            switch (err)
            {
                case unwrapper u:
                    err = u.Unwrap();
                    if (err == null)
                    {
                        target = default;
                        return false;
                    }
                    break;
                case unwrappers us:
                    foreach (var e in us.Unwrap())
                    {
                        if (As(e, out target))
                        {
                            return true;
                        }
                    }
                    target = default;
                    return false;
                default:
                    target = default;
                    return false;
            }
        }
    }
}
