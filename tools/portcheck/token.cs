using System.Collections.Generic;

namespace portcheck;

internal enum TokenKind
{
    Control, // if, for, return, ...
    Call,
    Ref, // a function mentioned without a call
    Assign,
    Operator, // == != < <= > >= && || ! of a condition
}

// One element of a function's skeleton, in the order of evaluation.
internal sealed record Token(TokenKind Kind, string Text, int Line)
{
    // Another text by which it may be matched.
    internal string? Alt { get; init; }

    // A soft token may be matched, and need not be.
    internal bool Soft { get; init; }

    // Free: soft, and it may stand elsewhere.
    internal bool Free { get; init; }

    // Loose: a call of which only the bare name is known: of a func value, or by an interface.
    internal bool Loose { get; init; }

    // A bracket closes what a control token opened.
    internal bool IsEnd => Kind == TokenKind.Control && Text.StartsWith("end");

    internal bool Opens => Kind == TokenKind.Control && Text is "if" or "for" or "range" or "switch" or "select" or "func" or "defer" or "go" or "do" or "using" or "lock";

    internal string Bare => Text[(Text.LastIndexOfAny(['.', ' ']) + 1)..];

    internal static bool Match(Token a, Token b)
    {
        if (a.Kind != b.Kind)
        {
            return false;
        }
        if (a.Text == b.Text)
        {
            return true;
        }
        if (a.Kind is TokenKind.Call or TokenKind.Ref)
        {
            return (a.Loose || b.Loose) && a.Bare == b.Bare || Lock(a.Text, b.Text) || Lock(b.Text, a.Text);
        }
        return a.Alt != null && (a.Alt == b.Text || a.Alt == b.Alt) || b.Alt != null && b.Alt == a.Text;
    }

    // Rule "lock": a System.Threading.Lock, whose declaration has a marker, stands for a mutex of package sync.
    private static bool Lock(string here, string go) => (here, go) switch
    {
        ("clr Lock.Enter", "sync.Mutex.Lock" or "sync.RWMutex.Lock" or "sync.RWMutex.RLock") => true,
        ("clr Lock.Exit", "sync.Mutex.Unlock" or "sync.RWMutex.Unlock" or "sync.RWMutex.RUnlock") => true,
        _ => false,
    };

    public override string ToString()
    {
        return Kind switch
        {
            TokenKind.Call => $"call {Text}",
            TokenKind.Ref => $"ref {Text}",
            _ => Text,
        };
    }
}

// A skeleton is being built.
internal sealed class Skeleton
{
    private readonly Stack<Token> open = [];

    internal List<Token> Tokens { get; } = [];

    internal void Control(string text, int line, string? alt = null, bool soft = false)
    {
        if (text == "end")
        {
            var opened = open.Pop();
            text = "end " + opened.Text;
            alt = opened.Alt == null ? null : "end " + opened.Alt;
        }
        // Rule "forward": a function literal that does nothing but call f is f.
        if (text == "end func" && Tokens is [.., { Text: "func", Kind: TokenKind.Control }, { Kind: TokenKind.Call } only])
        {
            Tokens.RemoveRange(Tokens.Count - 2, 2);
            Ref(only.Text, only.Line, only.Loose);
            return;
        }
        if (text == "end func" && Tokens is [.., { Text: "func", Kind: TokenKind.Control }, { Kind: TokenKind.Call } result, { Text: "return", Kind: TokenKind.Control }])
        {
            Tokens.RemoveRange(Tokens.Count - 3, 3);
            Ref(result.Text, result.Line, result.Loose);
            return;
        }
        var token = new Token(TokenKind.Control, text, line) { Alt = alt, Soft = soft };
        if (token.Opens)
        {
            open.Push(token);
        }
        Tokens.Add(token);
    }

    internal void Call(string id, int line, bool loose = false, bool soft = false)
    {
        Tokens.Add(new Token(TokenKind.Call, id, line) { Loose = loose, Soft = soft });
    }

    internal void Ref(string id, int line, bool loose = false)
    {
        Tokens.Add(new Token(TokenKind.Ref, id, line) { Loose = loose });
    }

    internal void Operator(string text, int line, bool soft = false)
    {
        Tokens.Add(new Token(TokenKind.Operator, text, line) { Soft = soft, Free = soft });
    }

    // Variables that were declared without a value and not assigned to so far.
    private readonly HashSet<string> blank = [];

    internal void Declare(string name, int line)
    {
        blank.Add(name);
        Assign(name, "=", line, true);
        blank.Add(name);
    }

    // Counter: a variable that a loop declares.
    internal void Counter(string name, string op, int line)
    {
        if (name is not ("_" or ""))
        {
            Tokens.Add(new Token(TokenKind.Assign, $"{Numbered(name)} {op}", line) { Soft = true, Free = true });
        }
    }

    // Assign: name is what is assigned to, op is = += ++ and so on.
    internal void Assign(string name, string op, int line, bool soft = false)
    {
        if (name is "_" or "")
        {
            return;
        }
        // Rule "first assignment": a variable may be declared here or a few lines earlier.
        soft |= blank.Remove(name) && op == "=";
        Tokens.Add(new Token(TokenKind.Assign, $"{Numbered(name)} {op}", line) { Soft = soft });
    }

    // Remove takes the declaration of a variable back.
    internal void Remove(string name, int from)
    {
        var i = Tokens.FindLastIndex(t => t.Kind == TokenKind.Assign && t.Text == $"{Numbered(name)} =");
        if (i >= from)
        {
            Tokens.RemoveAt(i);
        }
    }

    // Rule "results": what one statement assigns counts without order: results are a tuple in Go, out arguments here.
    internal void Sort(int from)
    {
        var first = Tokens.Count;
        while (first > from && Tokens[first - 1].Kind == TokenKind.Assign)
        {
            first--;
        }
        Tokens.Sort(first, Tokens.Count - first, Comparer<Token>.Create((a, b) => string.CompareOrdinal(a.Text, b.Text)));
    }

    // Rule "numbered": x1 and x2 are x. A C# variable cannot hide another of the same function.
    private static string Numbered(string name)
    {
        var n = name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        return n.Length == 0 ? name : n;
    }
}
