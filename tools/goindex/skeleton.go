package main

import (
	"go/ast"
	"go/token"
	"go/types"
)

// A node is a statement, a case of one, or something that happens while an expression is evaluated.
// Which members a kind has is written in README.md.
type node struct {
	Kind    string   `json:"k"`
	Line    int      `json:"line"`
	F       string   `json:"f,omitempty"`    // of a call: the function
	Name    string   `json:"name,omitempty"` // a label
	Names   []string `json:"names,omitempty"`
	Op      string   `json:"op,omitempty"`
	Iface   bool     `json:"iface,omitempty"`
	OK      bool     `json:"ok,omitempty"` // the form with two results
	N       int      `json:"n,omitempty"`
	Over    string   `json:"over,omitempty"`
	Types   []string `json:"types,omitempty"`
	Params  *[]param `json:"params,omitempty"`
	Results *[]param `json:"results,omitempty"`
	Init    *node    `json:"init,omitempty"`
	Cond    *[]*node `json:"cond,omitempty"`
	Tag     *[]*node `json:"tag,omitempty"`
	X       []*node  `json:"x,omitempty"`
	Ops     []string `json:"ops,omitempty"`
	Post    *node    `json:"post,omitempty"`
	Comm    *node    `json:"comm,omitempty"`
	Then    *[]*node `json:"then,omitempty"`
	Else    *[]*node `json:"else,omitempty"`
	Cases   *[]*node `json:"cases,omitempty"`
	Body    *[]*node `json:"body,omitempty"`
}

// A skeleton makes the nodes of a function's body.
type skeleton struct {
	c *recorder
}

func (s *skeleton) node(kind string, n ast.Node) *node {
	return &node{Kind: kind, Line: s.c.t.line(n.Pos())}
}

func (s *skeleton) stmts(list []ast.Stmt) []*node {
	nodes := []*node{}
	for _, stmt := range list {
		nodes = s.stmt(nodes, stmt)
	}
	return nodes
}

func (s *skeleton) block(list []ast.Stmt) *[]*node {
	nodes := s.stmts(list)
	return &nodes
}

// one makes the node of a statement that stands in the head of another.
func (s *skeleton) one(stmt ast.Stmt) *node {
	if stmt == nil {
		return nil
	}
	if nodes := s.stmt(nil, stmt); len(nodes) == 1 {
		return nodes[0]
	}
	return nil
}

func (s *skeleton) stmt(to []*node, stmt ast.Stmt) []*node {
	switch stmt := stmt.(type) {
	case *ast.EmptyStmt:
		return to
	case *ast.LabeledStmt:
		n := s.node("label", stmt)
		n.Name = stmt.Label.Name
		return s.stmt(append(to, n), stmt.Stmt)
	case *ast.BlockStmt:
		n := s.node("block", stmt)
		n.Body = s.block(stmt.List)
		return append(to, n)
	case *ast.ExprStmt:
		n := s.node("expr", stmt)
		s.eval(n, stmt.X)
		return append(to, n)
	case *ast.SendStmt:
		n := s.node("send", stmt)
		s.eval(n, stmt.Chan, stmt.Value)
		return append(to, n)
	case *ast.IncDecStmt:
		n := s.node("incdec", stmt)
		n.Names, n.Op = []string{s.place(stmt.X)}, stmt.Tok.String()
		s.eval(n, stmt.X)
		return append(to, n)
	case *ast.AssignStmt:
		return append(to, s.assign(stmt))
	case *ast.DeclStmt:
		return s.decl(to, stmt.Decl.(*ast.GenDecl))
	case *ast.GoStmt:
		n := s.node("go", stmt)
		s.eval(n, stmt.Call)
		return append(to, n)
	case *ast.DeferStmt:
		n := s.node("defer", stmt)
		s.eval(n, stmt.Call)
		return append(to, n)
	case *ast.ReturnStmt:
		n := s.node("return", stmt)
		n.N = len(stmt.Results)
		s.eval(n, stmt.Results...)
		return append(to, n)
	case *ast.BranchStmt:
		n := s.node(stmt.Tok.String(), stmt)
		if stmt.Label != nil {
			n.Name = stmt.Label.Name
		}
		return append(to, n)
	case *ast.IfStmt:
		n := s.node("if", stmt)
		n.Init = s.one(stmt.Init)
		n.Cond = s.condition(n, stmt.Cond)
		n.Then = s.block(stmt.Body.List)
		switch e := stmt.Else.(type) {
		case *ast.BlockStmt:
			n.Else = s.block(e.List)
		case *ast.IfStmt:
			n.Else = s.block([]ast.Stmt{e})
		}
		return append(to, n)
	case *ast.ForStmt:
		n := s.node("for", stmt)
		n.Init = s.one(stmt.Init)
		if stmt.Cond != nil {
			n.Cond = s.condition(n, stmt.Cond)
		}
		n.Post = s.one(stmt.Post)
		n.Body = s.block(stmt.Body.List)
		return append(to, n)
	case *ast.RangeStmt:
		n := s.node("range", stmt)
		for _, x := range []ast.Expr{stmt.Key, stmt.Value} {
			if x != nil {
				n.Names = append(n.Names, s.place(x))
			}
		}
		if stmt.Tok != token.ILLEGAL {
			n.Op = stmt.Tok.String()
		}
		n.Over = rangeKind(s.c.typeOf(stmt.X))
		s.eval(n, stmt.X)
		n.Body = s.block(stmt.Body.List)
		return append(to, n)
	case *ast.SwitchStmt:
		n := s.node("switch", stmt)
		n.Init = s.one(stmt.Init)
		if stmt.Tag != nil {
			n.Tag = s.condition(n, stmt.Tag)
		}
		cases := []*node{}
		for _, clause := range stmt.Body.List {
			clause := clause.(*ast.CaseClause)
			c := s.caseNode(clause, clause.List == nil)
			c.N = len(clause.List)
			s.eval(c, clause.List...)
			c.Body = s.block(clause.Body)
			cases = append(cases, c)
		}
		n.Cases = &cases
		return append(to, n)
	case *ast.TypeSwitchStmt:
		return append(to, s.typeSwitch(stmt))
	case *ast.SelectStmt:
		n := s.node("select", stmt)
		cases := []*node{}
		for _, clause := range stmt.Body.List {
			clause := clause.(*ast.CommClause)
			c := s.caseNode(clause, clause.Comm == nil)
			c.Comm = s.one(clause.Comm)
			c.Body = s.block(clause.Body)
			cases = append(cases, c)
		}
		n.Cases = &cases
		return append(to, n)
	}
	panic("unknown statement at " + s.c.t.position(stmt.Pos()))
}

func (s *skeleton) caseNode(clause ast.Node, isDefault bool) *node {
	if isDefault {
		return s.node("default", clause)
	}
	return s.node("case", clause)
}

func (s *skeleton) typeSwitch(stmt *ast.TypeSwitchStmt) *node {
	n := s.node("typeswitch", stmt)
	n.Init = s.one(stmt.Init)
	var x ast.Expr
	switch a := stmt.Assign.(type) {
	case *ast.AssignStmt:
		n.Names = []string{s.place(a.Lhs[0])}
		x = a.Rhs[0]
	case *ast.ExprStmt:
		x = a.X
	}
	s.eval(n, unparen(x).(*ast.TypeAssertExpr).X)
	cases := []*node{}
	for _, clause := range stmt.Body.List {
		clause := clause.(*ast.CaseClause)
		c := s.caseNode(clause, clause.List == nil)
		for _, x := range clause.List {
			if tv := s.c.p.info.Types[x]; tv.IsNil() {
				c.Types = append(c.Types, "nil")
			} else {
				c.Types = append(c.Types, s.c.typeString(tv.Type))
			}
		}
		c.Body = s.block(clause.Body)
		cases = append(cases, c)
	}
	n.Cases = &cases
	return n
}

func (s *skeleton) assign(stmt *ast.AssignStmt) *node {
	n := s.node("assign", stmt)
	n.Op = stmt.Tok.String()
	for _, x := range stmt.Lhs {
		n.Names = append(n.Names, s.place(x))
	}
	if stmt.Tok != token.DEFINE {
		s.eval(n, stmt.Lhs...)
	}
	s.eval(n, stmt.Rhs...)
	if len(stmt.Lhs) == 2 && len(stmt.Rhs) == 1 {
		markOK(n, stmt.Rhs[0])
	}
	return n
}

// markOK marks the last event of v, ok = x.
func markOK(n *node, x ast.Expr) {
	switch x := unparen(x).(type) {
	case *ast.TypeAssertExpr, *ast.IndexExpr:
	case *ast.UnaryExpr:
		if x.Op != token.ARROW {
			return
		}
	default:
		return
	}
	if len(n.X) > 0 {
		n.X[len(n.X)-1].OK = true
	}
}

func (s *skeleton) decl(to []*node, decl *ast.GenDecl) []*node {
	for _, spec := range decl.Specs {
		n := s.node(decl.Tok.String(), spec)
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			n.Names = []string{spec.Name.Name}
		case *ast.ValueSpec:
			for _, name := range spec.Names {
				n.Names = append(n.Names, name.Name)
			}
			if decl.Tok == token.VAR {
				n.N = len(spec.Values)
				s.eval(n, spec.Values...)
				if len(spec.Names) == 2 && len(spec.Values) == 1 {
					markOK(n, spec.Values[0])
				}
			}
		}
		to = append(to, n)
	}
	return to
}

func rangeKind(t types.Type) string {
	u := t.Underlying()
	if p, ok := u.(*types.Pointer); ok {
		u = p.Elem().Underlying()
	}
	if b, ok := u.(*types.Basic); ok && b.Info()&types.IsString != 0 {
		return "string"
	}
	return kindOf(u)
}

// place writes what is assigned to as names: "x", "gp.m.lockedg", "*p", "a[]", "f().x". Conversions are left out.
func (s *skeleton) place(x ast.Expr) string {
	switch x := x.(type) {
	case *ast.Ident:
		return x.Name
	case *ast.ParenExpr:
		return s.place(x.X)
	case *ast.SelectorExpr:
		return s.place(x.X) + "." + x.Sel.Name
	case *ast.StarExpr:
		return "*" + s.place(x.X)
	case *ast.UnaryExpr:
		return x.Op.String() + s.place(x.X)
	case *ast.IndexExpr:
		return s.place(x.X) + "[]"
	case *ast.SliceExpr:
		return s.place(x.X) + "[]"
	case *ast.CallExpr:
		if s.c.p.info.Types[x.Fun].IsType() && len(x.Args) == 1 {
			return s.place(x.Args[0])
		}
		return s.place(x.Fun) + "()"
	case *ast.TypeAssertExpr:
		return s.place(x.X) + ".()"
	}
	return "?"
}

func unparen(x ast.Expr) ast.Expr {
	for {
		p, ok := x.(*ast.ParenExpr)
		if !ok {
			return x
		}
		x = p.X
	}
}

// condition evaluates the head of a statement.
func (s *skeleton) condition(n *node, x ast.Expr) *[]*node {
	e := evaluator{s: s, events: []*node{}}
	e.expr(x)
	n.Ops = append(n.Ops, e.ops...)
	return &e.events
}

// eval appends to a statement what happens when expressions are evaluated.
func (s *skeleton) eval(n *node, list ...ast.Expr) {
	e := evaluator{s: s, events: n.X}
	for _, x := range list {
		e.expr(x)
	}
	n.X = e.events
	n.Ops = append(n.Ops, e.ops...)
}

func (s *skeleton) exprs(x ast.Expr) []*node {
	n := new(node)
	s.eval(n, x)
	return n.X
}

// An evaluator walks expressions in the order of evaluation.
type evaluator struct {
	s      *skeleton
	events []*node
	ops    []string
}

func (e *evaluator) add(kind string, n ast.Node) *node {
	event := e.s.node(kind, n)
	e.events = append(e.events, event)
	return event
}

func (e *evaluator) expr(x ast.Expr) {
	if x == nil {
		return
	}
	info := e.s.c.p.info
	if info.Types[x].IsType() {
		return
	}
	switch x := x.(type) {
	case *ast.Ident:
		if f, ok := info.Uses[x].(*types.Func); ok {
			e.add("ref", x).F = funcID(f)
		}
	case *ast.BasicLit, *ast.Ellipsis:
	case *ast.ParenExpr:
		e.expr(x.X)
	case *ast.FuncLit:
		n := e.add("func", x)
		params, results := e.s.c.params(x.Type.Params, true), e.s.c.params(x.Type.Results, true)
		n.Params, n.Results = &params, &results
		n.Body = e.s.block(x.Body.List)
	case *ast.CompositeLit:
		_, isStruct := info.TypeOf(x).Underlying().(*types.Struct)
		if p, ok := info.TypeOf(x).Underlying().(*types.Pointer); ok {
			_, isStruct = p.Elem().Underlying().(*types.Struct)
		}
		for _, elt := range x.Elts {
			if kv, ok := elt.(*ast.KeyValueExpr); ok {
				if !isStruct {
					e.expr(kv.Key)
				}
				elt = kv.Value
			}
			e.expr(elt)
		}
	case *ast.SelectorExpr:
		e.selector(x)
		if f := e.function(x); f != nil {
			n := e.add("ref", x.Sel)
			n.F, n.Iface = e.target(f, x)
		}
	case *ast.IndexExpr:
		e.expr(x.X)
		if f, ok := info.TypeOf(x.X).Underlying().(*types.Signature); ok && f.TypeParams() != nil {
			return
		}
		e.expr(x.Index)
		if _, ok := info.TypeOf(x.X).Underlying().(*types.Map); ok {
			e.add("mapindex", x)
		}
	case *ast.IndexListExpr:
		e.expr(x.X)
	case *ast.SliceExpr:
		e.expr(x.X)
		e.expr(x.Low)
		e.expr(x.High)
		e.expr(x.Max)
	case *ast.TypeAssertExpr:
		e.expr(x.X)
		e.add("assert", x).Types = []string{e.s.c.typeString(info.TypeOf(x.Type))}
	case *ast.StarExpr:
		e.expr(x.X)
	case *ast.UnaryExpr:
		if x.Op == token.NOT {
			e.ops = append(e.ops, "!")
		}
		e.expr(x.X)
		if x.Op == token.ARROW {
			e.add("recv", x)
		}
	case *ast.BinaryExpr:
		e.expr(x.X)
		switch x.Op {
		case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ, token.LAND, token.LOR:
			e.ops = append(e.ops, x.Op.String())
		}
		e.expr(x.Y)
	case *ast.CallExpr:
		e.call(x)
	default:
		panic("unknown expression at " + e.s.c.t.position(x.Pos()))
	}
}

// selector evaluates what stands before the dot, unless that is a package or a type.
func (e *evaluator) selector(x *ast.SelectorExpr) {
	if e.s.c.p.info.Selections[x] != nil {
		e.expr(x.X)
	}
}

// function gives the function that an expression names, if it names one.
func (e *evaluator) function(x ast.Expr) *types.Func {
	info := e.s.c.p.info
	switch x := unparen(x).(type) {
	case *ast.Ident:
		f, _ := info.Uses[x].(*types.Func)
		return f
	case *ast.SelectorExpr:
		f, _ := info.Uses[x.Sel].(*types.Func)
		return f
	case *ast.IndexExpr:
		return e.function(x.X)
	case *ast.IndexListExpr:
		return e.function(x.X)
	}
	return nil
}

func (e *evaluator) call(x *ast.CallExpr) {
	info := e.s.c.p.info
	fun := unparen(x.Fun)
	tv := info.Types[fun]
	if tv.IsType() { // a conversion
		for _, arg := range x.Args {
			e.expr(arg)
		}
		return
	}
	target, iface := "", false
	if tv.IsBuiltin() {
		switch f := fun.(type) {
		case *ast.Ident:
			target = "builtin." + f.Name
		case *ast.SelectorExpr:
			target = "unsafe." + f.Sel.Name
		}
	} else if f := e.function(fun); f != nil {
		target, iface = e.target(f, fun)
		if s, ok := fun.(*ast.SelectorExpr); ok {
			e.selector(s)
		}
	} else if _, ok := fun.(*ast.FuncLit); ok {
		target = "$func"
		e.expr(fun)
	} else {
		target = "$dynamic " + e.dynamic(fun)
		e.expr(fun)
	}
	for _, arg := range x.Args {
		e.expr(arg)
	}
	n := e.add("call", x)
	n.Line = e.s.c.t.line(x.Lparen)
	n.F, n.Iface = target, iface
}

// dynamic names a func value: a variable, or a field with its type before it.
func (e *evaluator) dynamic(x ast.Expr) string {
	info := e.s.c.p.info
	switch x := x.(type) {
	case *ast.Ident:
		if v, ok := info.Uses[x].(*types.Var); ok && v.Parent() == v.Pkg().Scope() {
			return v.Pkg().Path() + "." + v.Name()
		}
		return x.Name
	case *ast.SelectorExpr:
		if info.Selections[x] == nil {
			v := info.Uses[x.Sel]
			return v.Pkg().Path() + "." + v.Name()
		}
		t := info.TypeOf(x.X)
		if p, ok := t.Underlying().(*types.Pointer); ok {
			t = p.Elem()
		}
		if named, ok := t.(*types.Named); ok && named.Obj().Pkg() != nil {
			return named.Obj().Pkg().Path() + "." + named.Obj().Name() + "." + x.Sel.Name
		}
		return e.s.place(x)
	}
	return e.s.place(x)
}

// target identifies the function of a call and says whether it is an interface's.
func (e *evaluator) target(f *types.Func, x ast.Expr) (id string, iface bool) {
	if s, ok := unparen(x).(*ast.SelectorExpr); ok {
		if sel := e.s.c.p.info.Selections[s]; sel != nil {
			if p, ok := sel.Recv().(*types.TypeParam); ok {
				return "$dynamic " + p.Obj().Name() + "." + f.Name(), false
			}
		}
	}
	recv := f.Type().(*types.Signature).Recv()
	return funcID(f), recv != nil && types.IsInterface(recv.Type())
}

// funcID is a function's identity: package path, the type's name for a method, name.
func funcID(f *types.Func) string {
	prefix := ""
	if f.Pkg() != nil {
		prefix = f.Pkg().Path() + "."
		if f.Pkg().Path() == newUnsafePath {
			prefix = "unsafe."
		}
	}
	recv := f.Type().(*types.Signature).Recv()
	if recv == nil {
		return prefix + f.Name()
	}
	t := recv.Type()
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	if named, ok := t.(*types.Named); ok {
		return prefix + named.Obj().Name() + "." + f.Name()
	}
	return "$interface." + f.Name()
}

// targets lists what the nodes call and what they mention, each once, in order of appearance.
func targets(nodes []*node) (calls, refs []string) {
	seen := make(map[string]bool)
	each(nodes, func(n *node) {
		if (n.Kind == "call" || n.Kind == "ref") && !seen[n.Kind+n.F] {
			seen[n.Kind+n.F] = true
			if n.Kind == "call" {
				calls = append(calls, n.F)
			} else {
				refs = append(refs, n.F)
			}
		}
	})
	return calls, refs
}

// each visits nodes in source order.
func each(nodes []*node, visit func(*node)) {
	one := func(n *node) {
		if n != nil {
			each([]*node{n}, visit)
		}
	}
	all := func(list *[]*node) {
		if list != nil {
			each(*list, visit)
		}
	}
	for _, n := range nodes {
		visit(n)
		one(n.Init)
		all(n.Cond)
		all(n.Tag)
		each(n.X, visit)
		one(n.Comm)
		all(n.Then)
		all(n.Else)
		all(n.Cases)
		all(n.Body)
		one(n.Post)
	}
}
