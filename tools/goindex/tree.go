package main

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"
)

// A variant is one way to build the tree. A file belongs to the first variant that has it.
type variant struct {
	name       string
	goarch     string
	experiment string // besides those that go1.20 has switched on
}

var variants = []variant{
	{"amd64", "amd64", ""},
	{"amd64,staticlockranking", "amd64", "staticlockranking"},
	{"arm64", "arm64", ""},
}

// A tree is the standard library as one variant builds it. It is its own importer: every package comes from
// the tree's sources.
type tree struct {
	root    string
	variant variant
	ctxt    build.Context
	fset    *token.FileSet
	sizes   types.Sizes
	indexed map[string]bool // packages whose function bodies are wanted
	pkgs    map[string]*pkg // by path; nil while one is being loaded
	err     error           // the first package that could not be loaded
}

// A pkg is a checked package.
type pkg struct {
	path  string
	types *types.Package
	info  *types.Info
	files []*file
}

// A file is a parsed file of a package.
type file struct {
	path string // below src/
	ast  *ast.File
}

func newTree(root string, v variant) *tree {
	ctxt := build.Context{
		GOROOT:     root,
		GOOS:       "linux",
		GOARCH:     v.goarch,
		Compiler:   "gc",
		CgoEnabled: false,
		ToolTags: []string{
			"goexperiment.regabiwrappers", "goexperiment.regabiargs",
			"goexperiment.unified", "goexperiment.coverageredesign",
		},
	}
	if v.experiment != "" {
		ctxt.ToolTags = append(ctxt.ToolTags, "goexperiment."+v.experiment)
	}
	for i := 1; i <= 20; i++ {
		ctxt.ReleaseTags = append(ctxt.ReleaseTags, "go1."+strconv.Itoa(i))
	}
	return &tree{
		root:    root,
		variant: v,
		ctxt:    ctxt,
		fset:    token.NewFileSet(),
		sizes:   types.SizesFor("gc", v.goarch),
		indexed: make(map[string]bool),
		pkgs:    make(map[string]*pkg),
	}
}

// has reports whether the variant builds a file.
func (t *tree) has(path string) (bool, error) {
	dir, name := filepath.Split(t.source(path))
	return t.ctxt.MatchFile(dir, name)
}

func (t *tree) source(path string) string {
	return filepath.Join(t.root, "src", filepath.FromSlash(path))
}

// position names a place in the tree, the file below src/.
func (t *tree) position(pos token.Pos) string {
	p := t.fset.Position(pos)
	return fmt.Sprintf("%s:%d:%d", p.Filename, p.Line, p.Column)
}

func (t *tree) line(pos token.Pos) int { return t.fset.Position(pos).Line }

// Import is for the type checker.
func (t *tree) Import(path string) (*types.Package, error) {
	switch path {
	case "unsafe":
		return types.Unsafe, nil
	case newUnsafePath:
		return t.newUnsafe()
	}
	p, err := t.load(path)
	if err != nil {
		return nil, err
	}
	return p.types, nil
}

// load gives a package. What fails once fails for good, also when an import that nobody asked for fails.
func (t *tree) load(path string) (*pkg, error) {
	if t.err != nil {
		return nil, t.err
	}
	p, ok := t.pkgs[path]
	if !ok {
		t.pkgs[path] = nil
		var err error
		p, err = t.check(path)
		if t.err == nil {
			t.err = err
		}
		t.pkgs[path] = p
	} else if p == nil {
		t.err = fmt.Errorf("import cycle through %s", path)
	}
	return p, t.err
}

// check parses and checks a package. What golang.org has is in the directory vendor.
func (t *tree) check(path string) (*pkg, error) {
	dir := path
	if first, _, _ := strings.Cut(path, "/"); strings.Contains(first, ".") {
		dir = "vendor/" + path
	}
	entries, err := os.ReadDir(t.source(dir))
	if err != nil {
		return nil, fmt.Errorf("package %s is not in the tree: %w", path, err)
	}
	p := &pkg{path: path}
	var syntax []*ast.File
	for _, entry := range entries {
		name := entry.Name()
		if entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		filePath := dir + "/" + name
		if ok, err := t.has(filePath); err != nil {
			return nil, fmt.Errorf("%s does not parse: %w", filePath, err)
		} else if !ok {
			continue
		}
		f, err := t.parse(filePath)
		if err != nil {
			return nil, err
		}
		if importsC(f) {
			continue
		}
		useNewUnsafe(f)
		p.files = append(p.files, &file{filePath, f})
		syntax = append(syntax, f)
	}
	if len(p.files) == 0 {
		return nil, fmt.Errorf("package %s has no files for linux/%s", path, t.variant.name)
	}
	p.info = &types.Info{
		Types:      make(map[ast.Expr]types.TypeAndValue),
		Defs:       make(map[*ast.Ident]types.Object),
		Uses:       make(map[*ast.Ident]types.Object),
		Implicits:  make(map[ast.Node]types.Object),
		Selections: make(map[*ast.SelectorExpr]*types.Selection),
	}
	var errs []string
	config := types.Config{
		Importer:         t,
		Sizes:            t.sizes,
		IgnoreFuncBodies: !t.indexed[path],
		Error: func(err error) {
			if e := err.(types.Error); !e.Soft && !sliceToArray.MatchString(e.Msg) { // soft: something is not used
				errs = append(errs, t.position(e.Pos)+": "+e.Msg)
			}
		},
	}
	p.types, _ = config.Check(path, t.fset, syntax, p.info)
	if len(errs) > 0 && t.indexed[path] {
		if len(errs) > 10 {
			errs = append(errs[:10], fmt.Sprintf("and %d more", len(errs)-10))
		}
		return nil, fmt.Errorf("package %s does not check for %s:\n\t%s", path, t.variant.name, strings.Join(errs, "\n\t"))
	}
	return p, nil
}

func (t *tree) parse(path string) (*ast.File, error) {
	data, err := os.ReadFile(t.source(path))
	if err != nil {
		return nil, err
	}
	f, err := parser.ParseFile(t.fset, path, data, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, fmt.Errorf("%s does not parse: %w", path, err)
	}
	return f, nil
}

func importsC(f *ast.File) bool {
	for _, spec := range f.Imports {
		if spec.Path.Value == `"C"` {
			return true
		}
	}
	return false
}

// The functions that package unsafe has since go1.20. A type checker of an older Go does not know them,
// so a use of one is turned to a package with the same functions, written in Go.
const (
	newUnsafePath   = "unsafe·"
	newUnsafeSource = `package unsafe
type integer interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr
}
func SliceData[S ~[]E, E any](s S) *E
func String[I integer](p *byte, n I) string
func StringData(s string) *byte
`
)

func (t *tree) newUnsafe() (*types.Package, error) {
	if p := t.pkgs[newUnsafePath]; p != nil {
		return p.types, nil
	}
	f, err := parser.ParseFile(t.fset, newUnsafePath, newUnsafeSource, 0)
	if err != nil {
		return nil, err
	}
	config := types.Config{Error: func(error) {}} // a generic function without a body
	p, _ := config.Check(newUnsafePath, t.fset, []*ast.File{f}, nil)
	t.pkgs[newUnsafePath] = &pkg{path: newUnsafePath, types: p}
	return p, nil
}

// sliceToArray is the error for a conversion of a slice to an array, which the go/types of Go 1.19 does not know.
// A conversion is no event, and what is around it is known all the same.
var sliceToArray = regexp.MustCompile(`^cannot convert .* of type \[\]\w+\) to \[\d+\]\w+$`)

// useNewUnsafe has a file import that package where it needs it.
func useNewUnsafe(f *ast.File) {
	name := ""
	for _, spec := range f.Imports {
		if spec.Path.Value == `"unsafe"` {
			name = "unsafe"
			if spec.Name != nil {
				name = spec.Name.Name
			}
		}
	}
	if name == "" || name == "_" {
		return
	}
	used := false
	ast.Inspect(f, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			switch s.Sel.Name {
			case "SliceData", "String", "StringData":
				if x, ok := s.X.(*ast.Ident); ok && x.Name == name && types.Unsafe.Scope().Lookup(s.Sel.Name) == nil {
					x.Name = newUnsafePath
					used = true
				}
			}
		}
		return true
	})
	if !used {
		return
	}
	pos := f.Name.End()
	spec := &ast.ImportSpec{
		Name: &ast.Ident{NamePos: pos, Name: newUnsafePath},
		Path: &ast.BasicLit{ValuePos: pos, Kind: token.STRING, Value: strconv.Quote(newUnsafePath)},
	}
	f.Imports = append(f.Imports, spec)
	f.Decls = append([]ast.Decl{&ast.GenDecl{TokPos: pos, Tok: token.IMPORT, Specs: []ast.Spec{spec}}}, f.Decls...)
}

// A linkname is a go:linkname directive with two arguments.
type linkname struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Local  string `json:"local"`
	Target string `json:"target"`
}

// linknames reads the directives of all files of a package.
func (t *tree) linknames(p *pkg) []linkname {
	var list []linkname
	for _, f := range p.files {
		for _, group := range f.ast.Comments {
			for _, c := range group.List {
				words := strings.Fields(c.Text)
				if len(words) == 3 && words[0] == "//go:linkname" {
					// A method is pkg.(*T).m or pkg.T.m in symbols, pkg.T.m here.
					target := strings.NewReplacer("(*", "", ")", "").Replace(words[2])
					list = append(list, linkname{f.path, t.line(c.Pos()), p.path + "." + words[1], target})
				}
			}
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].File < list[j].File })
	return list
}
