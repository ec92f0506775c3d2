// Ports src/sync/atomic/value.go of go1.20.

using static golang.builtin;

namespace golang;

public static partial class atomic
{
    /// <summary>
    /// Loads and stores a value of one type atomically. Before the first Store, Load gives null.
    /// Must not be copied after its first use. Ports src/sync/atomic/value.go.
    /// </summary>
    public struct Value
    {
        internal object? v;

        // PORT(eface): in Go v is two words. The first store writes the type last, and until then a mark in its
        // place, with preemption off, so that others can wait for it by spinning. Here v is one word: nobody ever
        // sees half of a store, and what there is to do is compare the types.

        /// <summary>Loads the value that was stored last, null when there was none.</summary>
        // PORT(eface)
        public object? Load()
        {
            var vp = LoadPointer(ref v);
            if (vp == null)
            {
                // No store yet.
                return null;
            }
            return vp;
        }

        /// <summary>
        /// Stores val. All values of one Value must be of the same type: Store panics for another one, and for null.
        /// </summary>
        // PORT(eface)
        public void Store(object? val)
        {
            if (val == null)
            {
                panic("sync/atomic: store of nil value into Value");
            }
            for (; ; )
            {
                var vp = LoadPointer(ref v);
                if (vp == null)
                {
                    // The first store.
                    if (!CompareAndSwapPointer(ref v, null, val))
                    {
                        continue;
                    }
                    return;
                }
                // Not the first one. Compare the types and overwrite the value.
                if (vp.GetType() != val!.GetType())
                {
                    panic("sync/atomic: store of inconsistently typed value into Value");
                }
                StorePointer(ref v, val);
                return;
            }
        }

        /// <summary>
        /// Stores new and gives the value before it, null when there was none. Panics as Store does.
        /// </summary>
        // PORT(eface)
        public object? Swap(object? @new)
        {
            if (@new == null)
            {
                panic("sync/atomic: swap of nil value into Value");
            }
            for (; ; )
            {
                var vp = LoadPointer(ref v);
                if (vp == null)
                {
                    // The first store.
                    if (!CompareAndSwapPointer(ref v, null, @new))
                    {
                        continue;
                    }
                    return null;
                }
                // Not the first one. Compare the types and overwrite the value.
                if (vp.GetType() != @new!.GetType())
                {
                    panic("sync/atomic: swap of inconsistently typed value into Value");
                }
                return SwapPointer(ref v, @new);
            }
        }

        /// <summary>
        /// Stores new if the value is equal to old, and reports whether it did. Panics as Store does, and when
        /// old is of another type than new.
        /// </summary>
        // PORT(eface)
        public bool CompareAndSwap(object? old, object? @new)
        {
            if (@new == null)
            {
                panic("sync/atomic: compare and swap of nil value into Value");
            }
            if (old != null && @new!.GetType() != old.GetType())
            {
                panic("sync/atomic: compare and swap of inconsistently typed values");
            }
            for (; ; )
            {
                var vp = LoadPointer(ref v);
                if (vp == null)
                {
                    if (old != null)
                    {
                        return false;
                    }
                    // The first store.
                    if (!CompareAndSwapPointer(ref v, null, @new))
                    {
                        continue;
                    }
                    return true;
                }
                // Not the first one. Compare the types and overwrite the value.
                if (vp.GetType() != @new!.GetType())
                {
                    panic("sync/atomic: compare and swap of inconsistently typed value into Value");
                }
                // Compare as == does, so that structs can be compared, which the functions of this package do not
                // offer. CompareAndSwapPointer below only sees to it that v is the same as in LoadPointer.
                if (!vp.Equals(old))
                {
                    return false;
                }
                return CompareAndSwapPointer(ref v, vp, @new);
            }
        }
    }
}
