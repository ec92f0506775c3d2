using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace portcheck;

// Brings a method into the form in which it is compared. The rules are in README.md.
internal sealed class SharpSkeleton
{
    // They do not return in Go; here throw and panic raise an exception, of which the compiler does not know,
    // and the others record what the M's loop is to do.
    private static readonly HashSet<string> endless =
    [
        "builtin.panic", "runtime.throw", "runtime.fatal", "runtime.fatalthrow", "runtime.fatalpanic", "runtime.exit",
        "runtime.schedule", "runtime.execute", "runtime.gogo", "runtime.goexit0", "runtime.goexit1", "runtime.mexit",
    ];

    private readonly Skeleton s = new();
    private readonly SemanticModel model;
    private readonly Identity identity;
    private readonly Facts facts;
    private readonly bool noResult;
    private readonly Dictionary<ISymbol, ExpressionSyntax> cases = new(SymbolEqualityComparer.Default); // of a select, made ahead of it
    private readonly string? extended; // the name of an extension method's receiver

    private SharpSkeleton(SemanticModel model, Identity identity, Facts facts, IMethodSymbol method)
    {
        this.facts = facts;
        this.model = model;
        this.identity = identity;
        noResult = method.ReturnsVoid || IsGo(method.ReturnType) && ((INamedTypeSymbol)method.ReturnType).Arity == 0;
        extended = method.IsExtensionMethod ? method.Parameters[0].Name : null;
    }

    internal static List<Token> Of(SyntaxNode declaration, SemanticModel model, Identity identity, Facts facts, IMethodSymbol method)
    {
        var k = new SharpSkeleton(model, identity, facts, method);
        var (body, arrow) = declaration switch
        {
            BaseMethodDeclarationSyntax m => (m.Body, m.ExpressionBody),
            AccessorDeclarationSyntax a => (a.Body, a.ExpressionBody),
            PropertyDeclarationSyntax p => (null, p.ExpressionBody),
            _ => (null, null),
        };
        if (body != null)
        {
            k.Statements(body.Statements);
        }
        if (arrow != null)
        {
            k.Arrow(arrow.Expression, k.noResult);
        }
        // The return at the end of a function without result says nothing.
        if (k.s.Tokens is [.., { Kind: TokenKind.Control, Text: "return" } last] && k.noResult)
        {
            k.s.Tokens[^1] = last with { Soft = true };
        }
        return k.s.Tokens;
    }

    internal static bool IsGo(ITypeSymbol? type) => type is INamedTypeSymbol { Name: "go", ContainingType: null, ContainingNamespace.Name: "golang" };

    private static int Line(SyntaxNode n) => n.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    private static int EndLine(SyntaxNode n) => n.GetLocation().GetLineSpan().EndLinePosition.Line + 1;

    private static int Line(SyntaxToken n) => n.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    private void Arrow(ExpressionSyntax e, bool statement)
    {
        if (statement)
        {
            ExpressionStatement(e);
        }
        else
        {
            Expression(e);
            Operators(e);
            s.Control("return", Line(e));
        }
    }

    private void Statements(IReadOnlyList<StatementSyntax> list)
    {
        for (var i = 0; i < list.Count; i++)
        {
            var from = s.Tokens.Count;
            Statement(list[i]);
            // Rule "temporary": var (y, z) = f(); x = y; is x, z = f(), which C# cannot write when x is a pointer.
            if (i + 1 < list.Count && list[i] is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: TupleExpressionSyntax or DeclarationExpressionSyntax } made }
                && list[i + 1] is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Right: IdentifierNameSyntax y } handed }
                && model.GetTypeInfo(handed.Left).Type is IPointerTypeSymbol
                && made.Left.DescendantNodes().OfType<SingleVariableDesignationSyntax>().Any(d => d.Identifier.ValueText == y.Identifier.ValueText))
            {
                s.Remove(y.Identifier.ValueText, from);
                Target(handed.Left, "=");
                s.Sort(from);
                i++;
            }
        }
    }

    private void Statement(StatementSyntax n)
    {
        switch (n)
        {
            case BlockSyntax b:
                Statements(b.Statements);
                break;
            case UnsafeStatementSyntax u:
                Statement(u.Block);
                break;
            case CheckedStatementSyntax c:
                Statement(c.Block);
                break;
            case FixedStatementSyntax f:
                foreach (var v in f.Declaration.Variables)
                {
                    Expression(v.Initializer?.Value);
                }
                Statement(f.Statement);
                break;
            case LocalDeclarationStatementSyntax d:
                if (d.UsingKeyword != default)
                {
                    s.Control("using", Line(d));
                }
                if (!d.IsConst)
                {
                    foreach (var v in d.Declaration.Variables)
                    {
                        if (v.Initializer == null || v.Initializer.Value is LiteralExpressionSyntax or DefaultExpressionSyntax)
                        {
                            s.Declare(v.Identifier.ValueText, Line(v));
                            continue;
                        }
                        if (v.Initializer.Value is InvocationExpressionSyntax call && Builtin(call) is "recvcase" or "sendcase" && model.GetDeclaredSymbol(v) is { } local)
                        {
                            cases[local] = v.Initializer.Value;
                            continue;
                        }
                        var from = s.Tokens.Count;
                        Expression(v.Initializer.Value);
                        Operators(v.Initializer.Value);
                        s.Assign(v.Identifier.ValueText, "=", Line(v), true);
                        s.Sort(from);
                    }
                }
                break;
            case ExpressionStatementSyntax e:
                ExpressionStatement(e.Expression);
                if (e.Expression is not AssignmentExpressionSyntax)
                {
                    Operators(e.Expression);
                }
                break;
            case ReturnStatementSyntax r:
                Expression(r.Expression);
                Operators(r.Expression);
                // Rule "tail": return g() of a function without result is its last call.
                // Rule "no return": behind a call that does not return in Go, C# wants a return.
                s.Control("return", Line(r), soft: s.Tokens is [.., { Kind: TokenKind.Call } last] && endless.Contains(last.Text)
                    || noResult && r.Expression is InvocationExpressionSyntax && IsGo(model.GetTypeInfo(r.Expression).Type));
                break;
            case IfStatementSyntax i:
                If(i);
                break;
            case WhileStatementSyntax w:
                s.Control("for", Line(w));
                Expression(w.Condition);
                Operators(w.Condition);
                Statement(w.Statement);
                s.Control("end", EndLine(w));
                break;
            case DoStatementSyntax d:
                s.Control("do", Line(d));
                Statement(d.Statement);
                Expression(d.Condition);
                s.Control("end", EndLine(d));
                break;
            case ForStatementSyntax f:
                For(f);
                break;
            case ForEachStatementSyntax f:
                Expression(f.Expression);
                s.Control("range", Line(f));
                s.Counter(f.Identifier.ValueText, "=", Line(f));
                Statement(f.Statement);
                s.Control("end", EndLine(f));
                break;
            case ForEachVariableStatementSyntax f:
                Expression(f.Expression);
                s.Control("range", Line(f));
                Target(f.Variable, "=");
                Statement(f.Statement);
                s.Control("end", EndLine(f));
                break;
            case SwitchStatementSyntax w:
                Switch(w);
                break;
            case BreakStatementSyntax:
                s.Control("break", Line(n));
                break;
            case ContinueStatementSyntax:
                s.Control("continue", Line(n));
                break;
            case GotoStatementSyntax g when g.IsKind(SyntaxKind.GotoStatement):
                s.Control($"goto {((IdentifierNameSyntax)g.Expression!).Identifier.ValueText}", Line(g));
                break;
            case GotoStatementSyntax g:
                s.Control("fallthrough", Line(g));
                break;
            case LabeledStatementSyntax l:
                // Rule "labels": a label at the end of a block is where a continue goes, one behind a loop where a break goes.
                s.Control($"label {l.Identifier.ValueText}", Line(l), soft: AtEnd(l));
                Statement(l.Statement);
                break;
            case ThrowStatementSyntax t:
                Expression(t.Expression);
                s.Control("throw", Line(t));
                break;
            case TryStatementSyntax t:
                Try(t);
                break;
            case UsingStatementSyntax u:
                Using(u);
                break;
            case LockStatementSyntax l:
                Expression(l.Expression);
                s.Control("lock", Line(l));
                Statement(l.Statement);
                s.Control("end", EndLine(l));
                break;
            case LocalFunctionStatementSyntax f:
                s.Control("func", Line(f));
                if (f.Body != null)
                {
                    Statement(f.Body);
                }
                if (f.ExpressionBody != null)
                {
                    Arrow(f.ExpressionBody.Expression, f.ReturnType.ToString() is "void" or "go");
                }
                s.Control("end", EndLine(f));
                break;
            case EmptyStatementSyntax:
                break;
            default:
                s.Control(n.Kind().ToString(), Line(n));
                break;
        }
    }

    private static bool AtEnd(LabeledStatementSyntax l)
    {
        if (l.Statement is EmptyStatementSyntax || l.Parent is not BlockSyntax block)
        {
            return true;
        }
        var i = block.Statements.IndexOf(l);
        return i == block.Statements.Count - 1 || i > 0 && block.Statements[i - 1] is ForStatementSyntax or WhileStatementSyntax or CommonForEachStatementSyntax or SwitchStatementSyntax;
    }

    private void If(IfStatementSyntax i)
    {
        // Rule "select": a receive or send that does not wait, with two ways on, is a select with a default.
        if (SelectNb(i.Condition) is { } comm)
        {
            s.Control("select", Line(i));
            s.Control("case", Line(i));
            Call(comm);
            Statement(i.Statement);
            s.Control("default", Line(i));
            if (i.Else != null)
            {
                Statement(i.Else.Statement);
            }
            s.Control("end", EndLine(i));
            return;
        }
        Expression(i.Condition);
        Operators(i.Condition);
        s.Control("if", Line(i));
        Statement(i.Statement);
        if (i.Else != null)
        {
            s.Control("else", Line(i.Else));
            Statement(i.Else.Statement);
        }
        s.Control("end", EndLine(i));
    }

    private InvocationExpressionSyntax? SelectNb(ExpressionSyntax e)
    {
        if (e is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "selected" } m)
        {
            e = m.Expression;
        }
        return e is InvocationExpressionSyntax v && Builtin(v) is "selectnbrecv" or "selectnbsend" ? (InvocationExpressionSyntax)e : null;
    }

    private void For(ForStatementSyntax f)
    {
        foreach (var v in f.Declaration?.Variables ?? [])
        {
            Expression(v.Initializer?.Value);
            s.Counter(v.Identifier.ValueText, "=", Line(v));
        }
        foreach (var i in f.Initializers)
        {
            ExpressionStatement(i);
        }
        // Rule "range": for (var i = 0; i < n; i++) may be Go's range.
        var counts = f.Declaration != null && f.Incrementors is [PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression, Operand: IdentifierNameSyntax x }]
            && f.Declaration.Variables.Any(v => v.Identifier.ValueText == x.Identifier.ValueText);
        s.Control("for", Line(f), counts ? "range" : null);
        Expression(f.Condition);
        if (!counts)
        {
            Operators(f.Condition);
        }
        else
        {
            Operators(f.Condition, true);
        }
        Statement(f.Statement);
        if (counts)
        {
            s.Counter(Name(((PostfixUnaryExpressionSyntax)f.Incrementors[0]).Operand), "++", Line(f));
        }
        else
        {
            foreach (var i in f.Incrementors)
            {
                ExpressionStatement(i);
            }
        }
        s.Control("end", EndLine(f));
    }

    private void Switch(SwitchStatementSyntax w)
    {
        if (Strip(w.Expression) is InvocationExpressionSyntax call && Builtin(call) == "select")
        {
            s.Control("select", Line(w));
            foreach (var section in w.Sections)
            {
                s.Control(section.Labels.Any(l => l is DefaultSwitchLabelSyntax) ? "default" : "case", Line(section));
                foreach (var label in section.Labels.OfType<CaseSwitchLabelSyntax>())
                {
                    if (model.GetConstantValue(label.Value).Value is int k && k >= 0 && k < call.ArgumentList.Arguments.Count)
                    {
                        var comm = call.ArgumentList.Arguments[k].Expression;
                        Expression(model.GetSymbolInfo(comm).Symbol is { } local && cases.TryGetValue(local, out var made) ? made : comm);
                    }
                }
                Section(section);
            }
            s.Control("end", EndLine(w));
            return;
        }
        Expression(w.Expression);
        s.Control("switch", Line(w));
        foreach (var section in w.Sections)
        {
            foreach (var label in section.Labels)
            {
                if (label is CasePatternSwitchLabelSyntax p)
                {
                    Pattern(p.Pattern);
                    Expression(p.WhenClause?.Condition);
                }
            }
            s.Control(section.Labels.Any(l => l is DefaultSwitchLabelSyntax) ? "default" : "case", Line(section));
            Section(section);
        }
        s.Control("end", EndLine(w));
    }

    // Rule "break": the break at the end of a section is implied in Go.
    private void Section(SwitchSectionSyntax section)
    {
        var list = section.Statements.ToList();
        if (list is [BlockSyntax only])
        {
            list = [.. only.Statements];
        }
        if (list is [.., BreakStatementSyntax])
        {
            list.RemoveAt(list.Count - 1);
        }
        Statements(list);
    }

    // Rule "defer": try and finally are a deferred call and what follows it.
    private void Try(TryStatementSyntax t)
    {
        if (t.Finally != null)
        {
            s.Control("defer", Line(t.Finally));
            Statement(t.Finally.Block);
            s.Control("end", EndLine(t.Finally));
        }
        foreach (var c in t.Catches)
        {
            s.Control("defer", Line(c));
            s.Call("builtin.recover", Line(c));
            Expression(c.Filter?.FilterExpression);
            s.Control("if", Line(c));
            Statement(c.Block);
            s.Control("end", EndLine(c));
            s.Control("end", EndLine(c));
        }
        Statement(t.Block);
    }

    // Rule "systemstack": using (systemstack()) { } is a call with a function literal.
    private void Using(UsingStatementSyntax u)
    {
        if (u.Expression is InvocationExpressionSyntax call && Symbol(call) is { } m && identity.Of(m) == "runtime.systemstack")
        {
            s.Control("func", Line(u));
            Statement(u.Statement);
            s.Control("end", EndLine(u));
            s.Call("runtime.systemstack", Line(u));
            return;
        }
        Expression(u.Expression);
        s.Control("using", Line(u));
        Statement(u.Statement);
        s.Control("end", EndLine(u));
    }

    // The operators of a condition, in source order.
    private void Operators(ExpressionSyntax? e, bool soft = false)
    {
        switch (e)
        {
            case null:
            case AnonymousFunctionExpressionSyntax:
                break;
            case BinaryExpressionSyntax b:
                Operators(b.Left, soft);
                if (b.Kind() is SyntaxKind.EqualsExpression or SyntaxKind.NotEqualsExpression or SyntaxKind.LessThanExpression or SyntaxKind.LessThanOrEqualExpression
                    or SyntaxKind.GreaterThanExpression or SyntaxKind.GreaterThanOrEqualExpression or SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression
                    && !(Strip(b.Left) is IsPatternExpressionSyntax { Pattern: VarPatternSyntax }))
                {
                    s.Operator(b.OperatorToken.Text, Line(b.OperatorToken), soft);
                }
                Operators(b.Right, soft);
                break;
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not:
                s.Operator("!", Line(not), soft);
                Operators(not.Operand, soft);
                break;
            case IsPatternExpressionSyntax p:
                Operators(p.Expression, soft);
                switch (p.Pattern)
                {
                    case VarPatternSyntax:
                        break;
                    case RecursivePatternSyntax { Type: null } or UnaryPatternSyntax { Pattern: ConstantPatternSyntax }:
                        s.Operator("!=", Line(p), soft);
                        break;
                    case ConstantPatternSyntax:
                        s.Operator("==", Line(p), soft);
                        break;
                    case UnaryPatternSyntax:
                        s.Operator("!", Line(p), true);
                        break;
                    default:
                        s.Operator("!=", Line(p), true);
                        break;
                }
                break;
            default:
                foreach (var child in e.ChildNodes())
                {
                    foreach (var inner in child is ExpressionSyntax x ? [x] : child.DescendantNodes(n => n is not ExpressionSyntax).OfType<ExpressionSyntax>().Where(n => n.Parent is not ExpressionSyntax || n.Parent == child))
                    {
                        Operators(inner, soft);
                    }
                }
                break;
        }
    }

    private void ExpressionStatement(ExpressionSyntax e)
    {
        if (e is ConditionalAccessExpressionSyntax c)
        {
            // x?.f() is a call under a condition.
            Expression(c.Expression);
            s.Control("if", Line(e));
            Expression(c.WhenNotNull);
            s.Control("end", EndLine(e));
            return;
        }
        Expression(e);
    }

    private void Expression(ExpressionSyntax? e)
    {
        switch (e)
        {
            case null:
                break;
            case InvocationExpressionSyntax v:
                Call(v);
                break;
            case AssignmentExpressionSyntax a:
                Assignment(a);
                break;
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } p:
                Expression(p.Operand);
                break;
            case PostfixUnaryExpressionSyntax p:
                Operand(p.Operand);
                s.Assign(Name(p.Operand), p.OperatorToken.Text, Line(p));
                break;
            case PrefixUnaryExpressionSyntax p when p.IsKind(SyntaxKind.PreIncrementExpression) || p.IsKind(SyntaxKind.PreDecrementExpression):
                Operand(p.Operand);
                s.Assign(Name(p.Operand), p.OperatorToken.Text, Line(p));
                break;
            case AnonymousFunctionExpressionSyntax l:
                Lambda(l);
                break;
            case SimpleNameSyntax:
                Group(e);
                break;
            case MemberAccessExpressionSyntax m:
                if (!Group(e))
                {
                    Expression(m.Expression);
                }
                break;
            case ConditionalExpressionSyntax c:
                Expression(c.Condition);
                s.Control("?:", Line(c));
                Expression(c.WhenTrue);
                Expression(c.WhenFalse);
                break;
            case ConditionalAccessExpressionSyntax c:
                Expression(c.Expression);
                s.Control("?.", Line(c));
                Expression(c.WhenNotNull);
                break;
            case BinaryExpressionSyntax b when b.IsKind(SyntaxKind.CoalesceExpression):
                Expression(b.Left);
                s.Control("??", Line(b));
                Expression(b.Right);
                break;
            case IsPatternExpressionSyntax p:
                Expression(p.Expression);
                Pattern(p.Pattern);
                break;
            case DeclarationExpressionSyntax d:
                Target(d, "=");
                break;
            case ThrowExpressionSyntax t:
                Expression(t.Expression);
                s.Control("throw", Line(t));
                break;
            case SwitchExpressionSyntax w:
                Expression(w.GoverningExpression);
                s.Control("switch", Line(w));
                foreach (var arm in w.Arms)
                {
                    s.Control(arm.Pattern is DiscardPatternSyntax ? "default" : "case", Line(arm));
                    Pattern(arm.Pattern);
                    Expression(arm.WhenClause?.Condition);
                    Expression(arm.Expression);
                }
                s.Control("end", EndLine(w));
                break;
            case BaseObjectCreationExpressionSyntax o:
                foreach (var a in o.ArgumentList?.Arguments ?? [])
                {
                    Expression(a.Expression);
                }
                Initializer(o.Initializer);
                break;
            case SizeOfExpressionSyntax or TypeOfExpressionSyntax or LiteralExpressionSyntax or DefaultExpressionSyntax:
                break;
            default:
                foreach (var child in e.ChildNodes())
                {
                    Child(child);
                }
                break;
        }
    }

    private void Child(SyntaxNode child)
    {
        switch (child)
        {
            case TypeSyntax and not SimpleNameSyntax:
                break;
            case InitializerExpressionSyntax i:
                Initializer(i);
                break;
            case ExpressionSyntax x:
                Expression(x);
                break;
            default:
                foreach (var c in child.ChildNodes())
                {
                    Child(c);
                }
                break;
        }
    }

    private void Initializer(InitializerExpressionSyntax? i)
    {
        foreach (var x in i?.Expressions ?? [])
        {
            if (x is AssignmentExpressionSyntax a)
            {
                if (a.Right is InitializerExpressionSyntax inner)
                {
                    Initializer(inner);
                }
                else
                {
                    Expression(a.Right);
                }
            }
            else if (x is InitializerExpressionSyntax inner)
            {
                Initializer(inner);
            }
            else
            {
                Expression(x);
            }
        }
    }

    private void Pattern(PatternSyntax pattern)
    {
        foreach (var d in pattern.DescendantNodesAndSelf())
        {
            if (d is SingleVariableDesignationSyntax v)
            {
                s.Assign(v.Identifier.ValueText, "=", Line(v), true);
            }
        }
    }

    private void Lambda(AnonymousFunctionExpressionSyntax l)
    {
        s.Control("func", Line(l));
        LambdaBody(l);
        s.Control("end", EndLine(l));
    }

    private void LambdaBody(AnonymousFunctionExpressionSyntax l)
    {
        if (l.Block != null)
        {
            Statement(l.Block);
        }
        else
        {
            var type = (model.GetSymbolInfo(l).Symbol as IMethodSymbol)?.ReturnType;
            Arrow(l.ExpressionBody!, type == null || type.SpecialType == SpecialType.System_Void || IsGo(type) && ((INamedTypeSymbol)type).Arity == 0);
        }
    }

    // Group reports whether e is a function that is mentioned, not called.
    private bool Group(ExpressionSyntax e)
    {
        if (model.GetSymbolInfo(e).Symbol is not IMethodSymbol { MethodKind: not MethodKind.BuiltinOperator } m)
        {
            return false;
        }
        if (e is MemberAccessExpressionSyntax a)
        {
            Expression(a.Expression);
        }
        s.Ref(identity.Of(m) ?? External(m), Line(e), m.ContainingType?.TypeKind == TypeKind.Interface);
        return true;
    }

    private void Assignment(AssignmentExpressionSyntax a)
    {
        if (IsGo(model.GetTypeInfo(a.Left).Type))
        {
            // Rule "park": what will be awaited in the next statement.
            Expression(a.Right);
            return;
        }
        var from = s.Tokens.Count;
        Operand(a.Left);
        Expression(a.Right);
        Operators(a.Right);
        if (IsRef(a.Left) && a.Right is not RefExpressionSyntax)
        {
            s.Assign("*" + Name(a.Left), a.OperatorToken.Text, Line(a));
            return;
        }
        Target(a.Left, a.OperatorToken.Text == "??=" ? "=" : a.OperatorToken.Text);
        s.Sort(from);
        if (a.OperatorToken.Text == "??=")
        {
            s.Control("??", Line(a));
        }
    }

    // The calls inside of what is assigned to: f().x = y, a[f()] = y.
    private void Operand(ExpressionSyntax e)
    {
        switch (e)
        {
            case MemberAccessExpressionSyntax m:
                Expression(m.Expression);
                break;
            case TupleExpressionSyntax or DeclarationExpressionSyntax or IdentifierNameSyntax:
                break;
            case InvocationExpressionSyntax:
                Expression(e);
                break;
            default:
                foreach (var child in e.ChildNodes())
                {
                    Child(child);
                }
                break;
        }
    }

    private void Target(ExpressionSyntax e, string op)
    {
        switch (e)
        {
            case TupleExpressionSyntax t:
                foreach (var a in t.Arguments)
                {
                    Target(a.Expression, op);
                }
                break;
            case DeclarationExpressionSyntax d:
                foreach (var v in d.Designation.DescendantNodesAndSelf().OfType<SingleVariableDesignationSyntax>())
                {
                    s.Assign(v.Identifier.ValueText, "=", Line(v), true);
                }
                break;
            case IdentifierNameSyntax when model.GetSymbolInfo(e).Symbol is IParameterSymbol { RefKind: RefKind.Out }:
                // Rule "out": an out parameter is a result, which Go may give with the return.
                s.Counter(Name(e), op, Line(e));
                break;
            default:
                s.Assign(Name(e), op, Line(e));
                break;
        }
    }

    // Rule "ref": what is assigned to a ref variable goes where it points.
    private bool IsRef(ExpressionSyntax e)
    {
        return e is IdentifierNameSyntax && model.GetSymbolInfo(e).Symbol switch
        {
            ILocalSymbol local => local.RefKind == RefKind.Ref,
            IParameterSymbol parameter => parameter.RefKind == RefKind.Ref && parameter.Name != extended,
            _ => false,
        };
    }

    // Name is the last component of what is assigned to, in the form of the index.
    private string Name(ExpressionSyntax e)
    {
        switch (Strip(e))
        {
            case IdentifierNameSyntax i when i.Identifier.ValueText == extended:
                return "this";
            case IdentifierNameSyntax i:
                // Rule "wrapped": the one field of a struct that stands for a Go type of another kind is the thing itself.
                return model.GetSymbolInfo(i).Symbol is IFieldSymbol { IsStatic: false } field && identity.Package(field) is { } package && facts.IsWrapped($"{package}.{Identity.TypePath(field.ContainingType)}")
                    ? "this" : i.Identifier.ValueText;
            case ThisExpressionSyntax:
                return "this";
            case MemberAccessExpressionSyntax m when m.Name.Identifier.ValueText is "v" or "p" && model.GetTypeInfo(m.Expression).Type is { Name: "ptr" }:
                return Star(m.Expression);
            case MemberAccessExpressionSyntax m:
                return m.Name.Identifier.ValueText;
            case MemberBindingExpressionSyntax m:
                return m.Name.Identifier.ValueText;
            case ElementAccessExpressionSyntax x:
                return Name(x.Expression).TrimStart('*') + "[]";
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PointerIndirectionExpression } p:
                return Strip(p.Operand) is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression } address ? Name(address.Operand) : Star(p.Operand);
            case InvocationExpressionSyntax v:
                return Name(v.Expression) + "()";
            default:
                return "?";
        }
    }

    private string Star(ExpressionSyntax e)
    {
        var name = Name(e);
        // Rule "native": a package variable in native memory is a pointer here.
        return name == "this" || model.GetSymbolInfo(Strip(e)).Symbol is IFieldSymbol { IsStatic: true, IsReadOnly: true } || Strip(e) is MemberAccessExpressionSyntax ? name : "*" + name;
    }

    // Strip takes off what a conversion or a parenthesis adds.
    private static ExpressionSyntax Strip(ExpressionSyntax e)
    {
        for (; ; )
        {
            switch (e)
            {
                case ParenthesizedExpressionSyntax p:
                    e = p.Expression;
                    break;
                case CastExpressionSyntax c:
                    e = c.Expression;
                    break;
                case AwaitExpressionSyntax a:
                    e = a.Expression;
                    break;
                case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } p:
                    e = p.Operand;
                    break;
                default:
                    return e;
            }
        }
    }

    private IMethodSymbol? Symbol(InvocationExpressionSyntax v)
    {
        var info = model.GetSymbolInfo(v);
        return (info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) as IMethodSymbol;
    }

    // Builtin is the name of the function of class builtin that is called: Go's syntax.
    private string? Builtin(InvocationExpressionSyntax v)
    {
        var m = Symbol(v);
        m = (m?.ReducedFrom ?? m)?.OriginalDefinition;
        var type = m?.ContainingType;
        if (type is { IsExtension: true })
        {
            type = type.ContainingType;
        }
        return type is { Name: "builtin", ContainingType: null, ContainingNamespace.Name: "golang" } ? m!.Name : null;
    }

    private void Call(InvocationExpressionSyntax v)
    {
        if (v.Expression is IdentifierNameSyntax { Identifier.ValueText: "nameof" } && Symbol(v) == null)
        {
            return;
        }
        var m = Symbol(v);
        var arguments = v.ArgumentList.Arguments;
        var builtin = Builtin(v);
        // Rule "go": go(() => f(x)) is a go statement, and so is newproc, into which Go's compiler turns one.
        if (m != null && identity.Of(m) == "runtime.newproc" && arguments is [var started, ..])
        {
            s.Control("go", Line(v));
            if (started.Expression is AnonymousFunctionExpressionSyntax body)
            {
                LambdaBody(body);
            }
            else if (model.GetSymbolInfo(started.Expression).Symbol is IMethodSymbol f && identity.Of(f) is { } fid)
            {
                s.Call(fid, Line(v));
            }
            else
            {
                s.Call("$dynamic " + Name(started.Expression), Line(v), loose: true);
            }
            s.Control("end", EndLine(v));
            return;
        }
        if (builtin == "go" && arguments is [{ Expression: AnonymousFunctionExpressionSyntax literal }, ..])
        {
            s.Control("go", Line(v));
            LambdaBody(literal);
            s.Control("end", EndLine(v));
            return;
        }
        if (m is { MethodKind: MethodKind.FunctionPointerSignature or MethodKind.DelegateInvoke } || model.GetTypeInfo(v.Expression).Type is IFunctionPointerTypeSymbol)
        {
            var name = v.Expression;
            if (name is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Invoke" } i && model.GetTypeInfo(i.Expression).Type?.TypeKind == TypeKind.Delegate)
            {
                name = i.Expression;
            }
            if (name is MemberBindingExpressionSyntax { Name.Identifier.ValueText: "Invoke" } && v.Parent is ConditionalAccessExpressionSyntax c)
            {
                name = c.Expression; // visited already
            }
            else
            {
                Operand(name is IdentifierNameSyntax ? name : Strip(name));
            }
            Arguments(arguments);
            s.Call("$dynamic " + Name(name), Line(v.ArgumentList), loose: true);
            Outs(arguments);
            return;
        }
        if (v.Expression is MemberAccessExpressionSyntax access)
        {
            Expression(access.Expression);
        }
        Arguments(arguments);
        if (m == null)
        {
            s.Call("? " + v.Expression, Line(v.ArgumentList));
            return;
        }
        switch (builtin)
        {
            case "Send" or "sendcase" or "selectnbsend":
                s.Control("send", Line(v));
                return;
            case "Recv" or "Recv2" or "recvcase" or "selectnbrecv":
                s.Control("recv", Line(v));
                return;
            case "Close":
                s.Call("builtin.close", Line(v));
                return;
            case "makechan" or "append" or "len" or "cap" or "copy" or "new" or "defaultcase":
                return;
            case not null:
                s.Call("builtin." + builtin, Line(v.ArgumentList));
                return;
        }
        var id = identity.Of(m);
        if (id == null)
        {
            Foreign(m, v);
        }
        else if (id is "runtime.print" or "runtime.println")
        {
            s.Call("builtin.print", Line(v.ArgumentList));
        }
        else if (id is "runtime.slice.append" or "runtime.slice.reslice")
        {
            // Rule "slice": x.append(y) is x = append(x, y).
            s.Assign(Name(((MemberAccessExpressionSyntax)v.Expression).Expression), "=", Line(v.ArgumentList));
        }
        else if (!Silent(m, id))
        {
            s.Call(id, Line(v.ArgumentList), m.ContainingType.TypeKind == TypeKind.Interface);
        }
        Outs(arguments);
    }

    private void Arguments(SeparatedSyntaxList<ArgumentSyntax> arguments)
    {
        foreach (var a in arguments)
        {
            if (a.RefKindKeyword.IsKind(SyntaxKind.OutKeyword))
            {
                continue;
            }
            Expression(a.Expression);
        }
    }

    // What a call assigns to its out arguments.
    private void Outs(SeparatedSyntaxList<ArgumentSyntax> arguments)
    {
        foreach (var a in arguments)
        {
            if (a.RefKindKeyword.IsKind(SyntaxKind.OutKeyword))
            {
                Target(a.Expression, "=");
            }
        }
    }

    // Silent: the helpers by which this port writes what is syntax in Go.
    private bool Silent(IMethodSymbol m, string id)
    {
        // Rule "conversion": a function with the name of a Go type makes a value of it.
        return id is "runtime.new" or "runtime.stack.of" or "runtime.add" or "runtime.noescape" || facts.IsType(id);
    }

    private static string External(IMethodSymbol m) => $"clr {m.ContainingType?.Name}.{m.Name}";

    private void Foreign(IMethodSymbol m, InvocationExpressionSyntax v)
    {
        var type = m.ContainingType?.OriginalDefinition.ToDisplayString() ?? "";
        if (type == "System.GC" && m.Name == "KeepAlive")
        {
            s.Call("runtime.KeepAlive", Line(v.ArgumentList), soft: true);
            return;
        }
        if (type == "System.Collections.Generic.List<T>" && m.Name is "Add" or "Clear" or "RemoveRange" && v.Expression is MemberAccessExpressionSyntax list)
        {
            s.Assign(Name(list.Expression), "=", Line(v.ArgumentList));
            return;
        }
        if (type is "System.Collections.Generic.HashSet<T>" or "System.Collections.Generic.Dictionary<TKey, TValue>" && m.Name is "Add" or "TryAdd" && v.Expression is MemberAccessExpressionSyntax map)
        {
            s.Assign(Name(map.Expression) + "[]", "=", Line(v.ArgumentList));
            return;
        }
        if (Externals.StandsFor(type, m) is { } go)
        {
            s.Call(go, Line(v.ArgumentList), soft: go == "internal/bytealg.Equal");
            return;
        }
        if (!Externals.Silent(type, m.Name))
        {
            s.Call(External(m), Line(v.ArgumentList));
        }
    }
}
