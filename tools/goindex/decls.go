package main

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

// maxString is the longest value of a string constant that is written.
const maxString = 80

// A recorder makes the record of one file.
type recorder struct {
	t     *tree
	p     *pkg
	entry *scopeFileEntry
	r     *fileRecord
	in    string // the function whose declarations are being recorded
}

// record makes the record of a file.
func (t *tree) record(entry *scopeFileEntry) (*fileRecord, error) {
	p, err := t.load(entry.pkg())
	if err != nil {
		return nil, err
	}
	var f *ast.File
	for _, file := range p.files {
		if file.path == entry.path {
			f = file.ast
		}
	}
	c := &recorder{t: t, p: p, entry: entry, r: newFileRecord(entry, t.variant.name)}
	c.r.Lines = t.fset.File(f.Pos()).LineCount()
	var names []string
	for _, decl := range f.Decls {
		switch decl := decl.(type) {
		case *ast.GenDecl:
			c.gen(decl)
		case *ast.FuncDecl:
			name := funcName(decl)
			names = append(names, name)
			c.function(decl, name)
		}
	}
	return c.r, entry.check(names)
}

// recordUnbuilt makes the record of a file that no variant builds: it has nothing to compare.
func (t *tree) recordUnbuilt(entry *scopeFileEntry) (*fileRecord, error) {
	f, err := t.parse(entry.path)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, decl := range f.Decls {
		if decl, ok := decl.(*ast.FuncDecl); ok {
			names = append(names, funcName(decl))
		}
	}
	r := newFileRecord(entry, "none")
	r.Lines = t.fset.File(f.Pos()).LineCount()
	return r, entry.check(names)
}

// funcName is the function's name, with the type's name before it for a method.
func funcName(decl *ast.FuncDecl) string {
	if decl.Recv == nil {
		return decl.Name.Name
	}
	name, _ := recvType(decl.Recv.List[0].Type)
	return name + "." + decl.Name.Name
}

func recvType(x ast.Expr) (name string, pointer bool) {
	switch x := unparen(x).(type) {
	case *ast.StarExpr:
		name, _ = recvType(x.X)
		return name, true
	case *ast.IndexExpr:
		return recvType(x.X)
	case *ast.IndexListExpr:
		return recvType(x.X)
	case *ast.Ident:
		return x.Name, false
	}
	return "", false
}

// gen records the types, constants and variables of a declaration.
func (c *recorder) gen(decl *ast.GenDecl) {
	for _, spec := range decl.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			c.r.types = append(c.r.types, c.typeSpec(spec))
		case *ast.ValueSpec:
			if decl.Tok == token.CONST {
				c.constSpec(spec)
			} else {
				c.varSpec(spec)
			}
		}
	}
}

func (c *recorder) typeString(t types.Type) string {
	return types.TypeString(t, func(p *types.Package) string {
		if p == c.p.types {
			return ""
		}
		return p.Path()
	})
}

func (c *recorder) typeOf(x ast.Expr) types.Type { return c.p.info.TypeOf(x) }

func (c *recorder) typeSpec(spec *ast.TypeSpec) *typeRecord {
	r := &typeRecord{
		Name:    spec.Name.Name,
		Line:    c.t.line(spec.Pos()),
		In:      c.in,
		Kind:    kindOf(c.typeOf(spec.Type)),
		Alias:   spec.Assign.IsValid(),
		TParams: c.params(spec.TypeParams, false),
	}
	switch x := unparen(spec.Type).(type) {
	case *ast.StructType:
		r.Fields = c.fields(x)
	case *ast.InterfaceType:
		c.iface(r, x)
	default:
		r.Type = c.typeString(c.typeOf(spec.Type))
	}
	return r
}

func kindOf(t types.Type) string {
	switch t.Underlying().(type) {
	case *types.Struct:
		return "struct"
	case *types.Interface:
		return "interface"
	case *types.Signature:
		return "func"
	case *types.Pointer:
		return "pointer"
	case *types.Slice:
		return "slice"
	case *types.Array:
		return "array"
	case *types.Map:
		return "map"
	case *types.Chan:
		return "chan"
	}
	return "basic"
}

func (c *recorder) fields(x *ast.StructType) []field {
	var list []field
	for _, f := range x.Fields.List {
		r := field{Type: c.typeString(c.typeOf(f.Type)), Embedded: f.Names == nil}
		if inner := innerStruct(f.Type); inner != nil {
			r.Fields = c.fields(inner)
		}
		if f.Names == nil {
			r.Name, r.Line = embeddedName(f.Type), c.t.line(f.Pos())
			list = append(list, r)
		}
		for _, name := range f.Names {
			r.Name, r.Line = name.Name, c.t.line(name.Pos())
			list = append(list, r)
		}
	}
	return list
}

// innerStruct finds the struct without a name in a field's type.
func innerStruct(x ast.Expr) *ast.StructType {
	switch x := x.(type) {
	case *ast.StructType:
		return x
	case *ast.StarExpr:
		return innerStruct(x.X)
	case *ast.ArrayType:
		return innerStruct(x.Elt)
	case *ast.ParenExpr:
		return innerStruct(x.X)
	}
	return nil
}

func embeddedName(x ast.Expr) string {
	if s, ok := x.(*ast.SelectorExpr); ok {
		return s.Sel.Name
	}
	if s, ok := x.(*ast.StarExpr); ok {
		return embeddedName(s.X)
	}
	name, _ := recvType(x)
	return name
}

func (c *recorder) iface(r *typeRecord, x *ast.InterfaceType) {
	for _, f := range x.Methods.List {
		sig, ok := f.Type.(*ast.FuncType)
		if !ok {
			r.Embeds = append(r.Embeds, c.typeString(c.typeOf(f.Type)))
			continue
		}
		r.Methods = append(r.Methods, method{
			Name:     f.Names[0].Name,
			Line:     c.t.line(f.Pos()),
			Params:   c.params(sig.Params, true),
			Results:  c.params(sig.Results, true),
			Variadic: variadic(sig),
		})
	}
}

// params lists parameters one by one. An empty list is written as one if it always stands.
func (c *recorder) params(list *ast.FieldList, always bool) []param {
	var params []param
	if always {
		params = []param{}
	}
	if list == nil {
		return params
	}
	for _, f := range list.List {
		t := ""
		if dots, ok := f.Type.(*ast.Ellipsis); ok {
			t = "..." + c.typeString(c.typeOf(dots.Elt))
		} else {
			t = c.typeString(c.typeOf(f.Type))
		}
		if f.Names == nil {
			params = append(params, param{Type: t})
		}
		for _, name := range f.Names {
			params = append(params, param{name.Name, t})
		}
	}
	return params
}

func variadic(sig *ast.FuncType) bool {
	n := sig.Params.NumFields()
	if n == 0 {
		return false
	}
	_, ok := sig.Params.List[len(sig.Params.List)-1].Type.(*ast.Ellipsis)
	return ok
}

var constKinds = map[constant.Kind]string{
	constant.Bool: "bool", constant.String: "string", constant.Int: "int", constant.Float: "float", constant.Complex: "complex",
}

func (c *recorder) constSpec(spec *ast.ValueSpec) {
	for _, name := range spec.Names {
		if name.Name == "_" {
			continue
		}
		obj := c.p.info.Defs[name].(*types.Const)
		r := &constRecord{
			Name: name.Name,
			Line: c.t.line(name.Pos()),
			In:   c.in,
			Type: c.typeString(obj.Type()),
			Kind: constKinds[obj.Val().Kind()],
		}
		value := obj.Val().ExactString()
		if r.Kind == "string" {
			value = constant.StringVal(obj.Val())
		}
		if r.Kind == "string" && len(value) > maxString {
			r.Length = len(value)
		} else {
			r.Value = &value
		}
		c.r.consts = append(c.r.consts, r)
	}
}

func (c *recorder) varSpec(spec *ast.ValueSpec) {
	for i, name := range spec.Names {
		r := &varRecord{
			Name: name.Name,
			Line: c.t.line(name.Pos()),
			Type: c.typeString(c.p.info.Defs[name].Type()),
			Init: len(spec.Values) > 0,
		}
		s := skeleton{c: c}
		switch {
		case len(spec.Values) == len(spec.Names):
			r.X = s.exprs(spec.Values[i])
		case len(spec.Values) == 1 && i == 0:
			r.X = s.exprs(spec.Values[0])
		}
		c.r.vars = append(c.r.vars, r)
	}
}

func (c *recorder) function(decl *ast.FuncDecl, name string) {
	class, _ := c.entry.classOf(name)
	r := &funcRecord{
		Name:     name,
		ID:       c.p.path + "." + name,
		Class:    class,
		Order:    len(c.r.funcs),
		Line:     c.t.line(decl.Pos()),
		Lines:    c.t.line(decl.End()) - c.t.line(decl.Pos()) + 1,
		TParams:  c.params(decl.Type.TypeParams, false),
		Params:   c.params(decl.Type.Params, true),
		Results:  c.params(decl.Type.Results, true),
		Variadic: variadic(decl.Type),
		Bodyless: decl.Body == nil,
	}
	if decl.Recv != nil {
		f := decl.Recv.List[0]
		r.Recv = new(recv)
		r.Recv.Type, r.Recv.Pointer = recvType(f.Type)
		if f.Names != nil {
			r.Recv.Name = f.Names[0].Name
		}
	}
	if decl.Body != nil {
		s := skeleton{c: c}
		r.Body = s.block(decl.Body.List)
		r.Calls, r.Refs = targets(*r.Body)
		c.in = name
		ast.Inspect(decl.Body, func(n ast.Node) bool {
			if g, ok := n.(*ast.GenDecl); ok && g.Tok != token.VAR {
				c.gen(g)
			}
			return true
		})
		c.in = ""
	}
	c.r.funcs = append(c.r.funcs, r)
}
