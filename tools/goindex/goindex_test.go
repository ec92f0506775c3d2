package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The test binary is goindex itself when this is set.
const mainVariable = "GOINDEX_TEST_MAIN"

func TestMain(m *testing.M) {
	if os.Getenv(mainVariable) != "" {
		main()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// goindex runs the command and gives its exit status and what it wrote.
func goindex(t *testing.T, dir string, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), mainVariable+"=1")
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), out.String(), errs.String()
}

// makeTree makes a Go source tree. Paths are below src/, but for VERSION and those that begin with /.
func makeTree(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	put := func(name, text string) {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if _, ok := files["/VERSION"]; !ok {
		put("VERSION", reference)
	}
	for name, text := range files {
		if name[0] == '/' {
			put(name, text)
		} else {
			put("src/"+name, text)
		}
	}
	return root
}

// What the tests read back. Everything that the README promises to be always there has to be.
type (
	jsonIndex struct {
		Format    int
		Tag, Goos string
		Files     []jsonFile
		Linknames []linkname
	}
	jsonFile struct {
		fileRecord
		Types  []typeRecord
		Consts []constRecord
		Vars   []varRecord
		Funcs  []funcRecord
	}
)

// indexOf indexes a tree with the scope written out.
func indexOf(t *testing.T, files map[string]string, scope string) jsonIndex {
	t.Helper()
	root := makeTree(t, files)
	return readIndex(t, writeIndex(t, root, scope))
}

func writeIndex(t *testing.T, root, scope string) string {
	t.Helper()
	scopePath := filepath.Join(t.TempDir(), "scope.txt")
	if err := os.WriteFile(scopePath, []byte(scope), 0o666); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	if err := run([]string{"-root", root, "-scope", scopePath, "-o", "-"}, &out, &errs); err != nil {
		t.Fatalf("goindex: %v", err)
	}
	return out.String()
}

func readIndex(t *testing.T, text string) (x jsonIndex) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &x); err != nil {
		t.Fatal(err)
	}
	return x
}

func (x jsonIndex) file(t *testing.T, path string) jsonFile {
	t.Helper()
	for _, f := range x.Files {
		if f.Path == path {
			return f
		}
	}
	t.Fatalf("no file %s in the index", path)
	return jsonFile{}
}

func (f jsonFile) function(t *testing.T, name string) funcRecord {
	t.Helper()
	for _, r := range f.Funcs {
		if r.Name == name {
			return r
		}
	}
	t.Fatalf("no function %s in %s", name, f.Path)
	return funcRecord{}
}

// render writes nodes in one line, everything but their lines.
func render(nodes []*node) string {
	var list []string
	for _, n := range nodes {
		list = append(list, renderNode(n))
	}
	return strings.Join(list, "; ")
}

func renderNode(n *node) string {
	s := n.Kind
	word := func(words ...string) {
		for _, w := range words {
			if w != "" {
				s += " " + w
			}
		}
	}
	part := func(name string, nodes *[]*node) {
		if nodes != nil {
			s += fmt.Sprintf(" %s{%s}", name, render(*nodes))
		}
	}
	word(n.Name, strings.Join(n.Names, ","), n.Op, n.F, n.Over, strings.Join(n.Types, ","))
	if n.Iface {
		word("iface")
	}
	if n.OK {
		word("ok")
	}
	if n.N != 0 {
		word(fmt.Sprint(n.N))
	}
	if n.Params != nil {
		s += fmt.Sprint(*n.Params, *n.Results)
	}
	if n.Init != nil {
		part("init", &[]*node{n.Init})
	}
	part("cond", n.Cond)
	part("tag", n.Tag)
	if n.X != nil {
		s += fmt.Sprintf(" (%s)", render(n.X))
	}
	if n.Ops != nil {
		s += fmt.Sprint(" ", n.Ops)
	}
	if n.Post != nil {
		part("post", &[]*node{n.Post})
	}
	if n.Comm != nil {
		part("comm", &[]*node{n.Comm})
	}
	part("then", n.Then)
	part("else", n.Else)
	part("cases", n.Cases)
	part("body", n.Body)
	return s
}

// The declarations that the bodies of TestSkeleton use.
const skeletonDecls = `
type T struct {
	n, m int
	next *T
	f    func(int) int
	in   struct{ g func() }
}
type I interface{ M() int }
type E struct{ T }
type F func()
func (t *T) M() int          { return 0 }
func (t T) get() *T          { return nil }
func (f F) call()            { f() }
func a() int                 { return 0 }
func b(...int) int           { return 0 }
func two() (int, error)      { return 0, nil }
func bl() bool               { return false }
func gen[P any](p P) P       { return p }
func lit(F)                  {}
func takes(func(int) int)    {}
var hook = a
var (
	t  *T
	e  E
	i  I
	x  int
	y  any
	s  []int
	mp map[string]int
	c  chan int
)
`

func TestSkeleton(t *testing.T) {
	tests := []struct{ name, body, want string }{
		{"empty", ``, ``},
		{"empty statement", `;;a()`, `expr (call p.a)`},
		{"call", `a()`, `expr (call p.a)`},
		{"two calls", `a(); bl()`, `expr (call p.a); expr (call p.bl)`},
		{"arguments first", `b(a(), b(x, a()))`, `expr (call p.a; call p.a; call p.b; call p.b)`},
		{"receiver first", `t.get().M()`, `expr (call p.T.get; call p.T.M)`},
		{"binary", `x = a() + b()*x`, `assign x = (call p.a; call p.b)`},
		{"left side first", `s[a()] = b()`, `assign s[] = (call p.a; call p.b)`},
		{"define", `v, err := two(); _, _ = v, err`, `assign v,err := (call p.two); assign _,_ =`},
		{"places", `t.next.n, *t, s[0], (x) = 1, e.T, 2, 3; t.get().m = 4; *(*int)(&x) = 5`,
			`assign t.next.n,*t,s[],x =; assign t.get().m = (call p.T.get); assign *&x =`},
		{"operators", `x += a(); x &^= 1; x++; t.n--; s[a()]++`,
			`assign x += (call p.a); assign x &^=; incdec x ++; incdec t.n --; incdec s[] ++ (call p.a)`},
		{"if", `if bl() { a() }`, `if cond{call p.bl} then{expr (call p.a)}`},
		{"if init", `if v := a(); v > 0 && !bl() { return } else { b() }`,
			`if init{assign v := (call p.a)} cond{call p.bl} [> && !] then{return} else{expr (call p.b)}`},
		{"else if", `if x == 1 { } else if x == 2 { a() } else { b() }`,
			`if cond{} [==] then{} else{if cond{} [==] then{expr (call p.a)} else{expr (call p.b)}}`},
		{"for", `for { break }`, `for body{break}`},
		{"for condition", `for bl() { continue }`, `for cond{call p.bl} body{continue}`},
		{"for condition without calls", `for x < 1 { }`, `for cond{} [<] body{}`},
		{"for clauses", `for i := a(); i < b(); i++ { bl() }`,
			`for init{assign i := (call p.a)} cond{call p.b} [<] post{incdec i ++} body{expr (call p.bl)}`},
		{"for without condition", `for i := 0; ; i++ { }`, `for init{assign i :=} post{incdec i ++} body{}`},
		{"range", `for range s {}; for i := range s { _ = i }; for _, x = range [2]int{} { }; for k, v := range mp { _, _ = k, v }`,
			`range slice body{}; range i := slice body{assign _ =}; range _,x = array body{}; range k,v := map body{assign _,_ =}`},
		{"range over", `for range c {}; for range "s" {}; for range &[2]int{a(), 0} {}`,
			`range chan body{}; range string body{}; range array (call p.a) body{}`},
		{"labels", `
outer:
	for {
		for { break outer }
		for { continue outer }
		goto done
	}
done:
	a()`,
			`label outer; for body{for body{break outer}; for body{continue outer}; goto done}; label done; expr (call p.a)`},
		{"label at the end", `goto end; end:`, `goto end; label end`},
		{"block", `{ a() }; {}`, `block body{expr (call p.a)}; block body{}`},
		{"return", `f := func() (int, error) { return two() }; _, _ = f()`,
			`assign f := (func[] [{ int} { error}] body{return 1 (call p.two)}); assign _,_ = (call $dynamic f)`},
		{"switch", `
	switch v := a(); v {
	case 1, b():
		fallthrough
	case 2:
		return
	default:
		a()
	}`,
			`switch init{assign v := (call p.a)} tag{} cases{case 2 (call p.b) body{fallthrough}; case 1 body{return}; default body{expr (call p.a)}}`},
		{"switch without tag", `switch { case x > 1 && bl(): }`, `switch cases{case 1 (call p.bl) [> &&] body{}}`},
		{"type switch", `switch v := y.(type) { case nil: case *T, error: _ = v; default: a() }`,
			`typeswitch v cases{case nil body{}; case *T,error body{assign _ =}; default body{expr (call p.a)}}`},
		{"type switch init", `switch v := a(); any(v).(type) { case int: }`,
			`typeswitch init{assign v := (call p.a)} cases{case int body{}}`},
		{"select", `
	select {
	case c <- a():
	case v, ok := <-c:
		_, _ = v, ok
	case <-c:
		b()
	default:
	}`,
			`select cases{case comm{send (call p.a)} body{}; case comm{assign v,ok := (recv ok)} body{assign _,_ =}; ` +
				`case comm{expr (recv)} body{expr (call p.b)}; default body{}}`},
		{"channels", `c <- a(); <-c; x = <-c; v, ok := <-c; _, _ = v, ok; var w, ok2 = <-c; _, _ = w, ok2`,
			`send (call p.a); expr (recv); assign x = (recv); assign v,ok := (recv ok); assign _,_ =; var w,ok2 1 (recv ok); assign _,_ =`},
		{"comma ok", `v, ok := y.(I); w, ok := mp["k"]; _, _, _ = v, w, ok; mp["k"]++; _ = y.(*T).n`,
			`assign v,ok := (assert I ok); assign w,ok := (mapindex ok); assign _,_,_ =; incdec mp[] ++ (mapindex); assign _ = (assert *T)`},
		{"go and defer", `go b(a()); defer t.get().M(); defer func() { a() }(); go hook()`,
			`go (call p.a; call p.b); defer (call p.T.get; call p.T.M); ` +
				`defer (func[] [] body{expr (call p.a)}; call $func); go (call $dynamic p.hook)`},
		{"declarations", `var v, w int; var z = a(); const k = 1; type L struct{}; _, _, _ = v, w, z`,
			`var v,w; var z 1 (call p.a); const k; type L; assign _,_,_ =`},
		{"groups", `var ( v = a(); w int ); _, _ = v, w`, `var v 1 (call p.a); var w; assign _,_ =`},
		{"literal as argument", `lit(func() { a() })`, `expr (func[] [] body{expr (call p.a)}; call p.lit)`},
		{"operators in literals", `if func() bool { return x == 1 }() { }`,
			`if cond{func[] [{ bool}] body{return 1 [==]}; call $func} then{}`},
		{"composite literals", `_ = T{n: a(), m: b()}; _ = []*T{{n: a()}}; _ = map[string]int{"a": a()}; _ = [2]int{0: a()}`,
			`assign _ = (call p.a; call p.b); assign _ = (call p.a); assign _ = (call p.a); assign _ = (call p.a)`},
		{"interface", `i.M(); I(t).M()`, `expr (call p.I.M iface); expr (call p.I.M iface)`},
		{"promoted", `e.M(); e.T.M()`, `expr (call p.T.M); expr (call p.T.M)`},
		{"method expression", `(*T).M(t); T.get(*t)`, `expr (call p.T.M); expr (call p.T.get)`},
		{"references", `takes(gen[int]); f := t.M; _ = f; hook = a; y = I.M; y = i.M; y = (*T).M`,
			`expr (ref p.gen; call p.takes); assign f := (ref p.T.M); assign _ =; assign hook = (ref p.a); ` +
				`assign y = (ref p.I.M iface); assign y = (ref p.I.M iface); assign y = (ref p.T.M)`},
		{"conversions", `x = int(int64(a())); F(lit2).call(); y = any(x); s = []int(s)`,
			`assign x = (call p.a); expr (ref p.lit2; call p.F.call); assign y =; assign s =`},
		{"dynamic", `t.f(a()); t.in.g(); hook(); f := a; f(); func() {}(); []func(){nil}[0]()`,
			`expr (call p.a; call $dynamic p.T.f); expr (call $dynamic t.in.g); expr (call $dynamic p.hook); ` +
				`assign f := (ref p.a); expr (call $dynamic f); expr (func[] [] body{}; call $func); expr (call $dynamic ?[])`},
		{"generic", `gen(a()); gen[int](1)`, `expr (call p.a; call p.gen); expr (call p.gen)`},
		{"builtins", `s = append(s, len(s)); panic(recover()); print(cap(s))`,
			`assign s = (call builtin.len; call builtin.append); expr (call builtin.recover; call builtin.panic); expr (call builtin.cap; call builtin.print)`},
		{"shadowed builtin", `len := func() {}; len()`, `assign len := (func[] [] body{}); expr (call $dynamic len)`},
		{"slice expression", `s = s[a():b():x]`, `assign s = (call p.a; call p.b)`},
	}
	var src strings.Builder
	src.WriteString("package p\n" + skeletonDecls + "func lit2() {}\n")
	for n, test := range tests {
		fmt.Fprintf(&src, "func test%d() {\n%s\n}\n", n, test.body)
	}
	f := indexOf(t, map[string]string{"p/p.go": src.String()}, "also p/p.go").file(t, "p/p.go")
	for n, test := range tests {
		r := f.function(t, fmt.Sprintf("test%d", n))
		if r.Body == nil {
			t.Errorf("%s: no body", test.name)
		} else if got := render(*r.Body); got != test.want {
			t.Errorf("%s:\ngot  %s\nwant %s", test.name, got, test.want)
		}
	}
}

// Each defect that portcheck has to notice makes another skeleton.
func TestSkeletonTellsApart(t *testing.T) {
	bodies := []string{
		`a(); x = 1; if bl() { x = 2 }; return`,
		`x = 1; a(); if bl() { x = 2 }; return`,       // two statements swapped
		`x = 1; if bl() { x = 2 }; return`,            // a call dropped
		`a(); if bl() { x = 2 }; return`,              // an assignment dropped
		`a(); x = 1; if bl() { x = 2 }`,               // a return dropped
		`a(); x = 1; if bl() { }; x = 2; return`,      // moved out of its branch
		`a(); x = 1; if !bl() { x = 2 }; return`,      // a condition turned round
		`a(); x = 1; for bl() { x = 2 }; return`,      // another control statement
		`a(); x = 1; if bl() { t.n = 2 }; return`,     // another thing assigned to
		`a(); x = 1; if bl() { x += 2 }; return`,      // otherwise
		`b(); x = 1; if bl() { x = 2 }; return`,       // another function called
		`defer a(); x = 1; if bl() { x = 2 }; return`, // later
		`a(); x = 1; if bl() { x = 2 } else { }; return`,
		`b(a()); x = 1; if bl() { x = 2 }; return`,
		`a(); b(); x = 1; if bl() { x = 2 }; return`,
	}
	var src strings.Builder
	src.WriteString("package p\n" + skeletonDecls)
	for n, body := range bodies {
		fmt.Fprintf(&src, "func test%d() { %s }\n", n, body)
	}
	f := indexOf(t, map[string]string{"p/p.go": src.String()}, "also p/p.go").file(t, "p/p.go")
	seen := make(map[string]int)
	for n := range bodies {
		s := render(*f.function(t, fmt.Sprintf("test%d", n)).Body)
		if before, ok := seen[s]; ok {
			t.Errorf("%q and %q have the skeleton %s", bodies[before], bodies[n], s)
		}
		seen[s] = n
	}
}

func TestFunctions(t *testing.T) {
	f := indexOf(t, map[string]string{"a/b/p.go": `package b

import "unsafe"

type L[T any] struct{ v T }

func init() {}

func (l *L[T]) push(v T, _ int) (n int, err error) {
	l.pop()
	l.pop()
	func() { other(nil) }()
	return 0, wrap(other)
}

func (L[T]) pop() {}

func other(f func(n int) bool, more ...unsafe.Pointer) {}
func wrap[F func(func(n int) bool, ...unsafe.Pointer)](f F) error { return nil }
func asm(int) bool

func init() {}
`}, "file a/b/p.go\nP init L.push\nA L.pop\nL other wrap\nX *1\n").file(t, "a/b/p.go")
	if f.Package != "a/b" || f.Section != "scope" || f.Variant != "amd64" || f.Lines != 22 {
		t.Errorf("file: %+v", f.fileRecord)
	}
	var got []string
	for i, r := range f.Funcs {
		if r.Order != i {
			t.Errorf("%s has order %d, want %d", r.Name, r.Order, i)
		}
		if r.Params == nil || r.Results == nil || r.Bodyless != (r.Body == nil) {
			t.Errorf("%s lacks params, results or body", r.Name)
		}
		recv := ""
		if r.Recv != nil {
			recv = fmt.Sprintf("%+v", *r.Recv)
		}
		got = append(got, fmt.Sprintln(r.Name, r.ID, r.Class, r.Line, r.Lines, recv, r.TParams, r.Params, r.Results, r.Variadic, r.Bodyless, r.Calls, r.Refs))
	}
	want := []string{
		"init a/b.init P 7 1  [] [] [] false false [] []\n",
		"L.push a/b.L.push P 9 6 {Name:l Type:L Pointer:true} [] [{v T} {_ int}] [{n int} {err error}] false false [a/b.L.pop a/b.other $func a/b.wrap] [a/b.other]\n",
		"L.pop a/b.L.pop A 16 1 {Name: Type:L Pointer:false} [] [] [] false false [] []\n",
		"other a/b.other L 18 1  [] [{f func(n int) bool} {more ...unsafe.Pointer}] [] true false [] []\n",
		"wrap a/b.wrap L 19 1  [{F func(func(n int) bool, ...unsafe.Pointer)}] [{f F}] [{ error}] false false [] []\n",
		"asm a/b.asm X 20 1  [] [{ int}] [{ bool}] false true [] []\n",
		"init a/b.init P 22 1  [] [] [] false false [] []\n",
	}
	if g, w := strings.Join(got, ""), strings.Join(want, ""); g != w {
		t.Errorf("got\n%swant\n%s", g, w)
	}
}

func TestTypes(t *testing.T) {
	x := indexOf(t, map[string]string{
		"q/q.go": "package q\ntype Q struct{ N int }\ntype I interface{ Q() }\ntype A = Q\n",
		"p/p.go": `package p

import q2 "q"

type s struct {
	_    [8]byte
	a, b *s
	q2.Q
	*word "tag"
	in   []*struct{ x, y int }
	up   q2.A
}
type word uint32
type i interface {
	z(n int) (ok bool)
	error
	a(...any)
	q2.I
	~int
}
type (
	f   func(s) q2.Q
	alias = s
	copy s
	g[K comparable, V any] map[K]V
	fd  [size]word
)
const size = 2 * 4
func fn() {
	type local struct{ n int }
	type (
		other chan local
	)
}
type last *word
`}, "also p/p.go")
	var got []string
	for _, r := range x.file(t, "p/p.go").Types {
		got = append(got, fmt.Sprintf("%+v\n", r))
	}
	want := []string{
		"{Name:s Line:5 In: Kind:struct Alias:false Type: TParams:[] Fields:[{Name:_ Type:[8]byte Line:6 Embedded:false Fields:[]} " +
			"{Name:a Type:*s Line:7 Embedded:false Fields:[]} {Name:b Type:*s Line:7 Embedded:false Fields:[]} " +
			"{Name:Q Type:q.Q Line:8 Embedded:true Fields:[]} {Name:word Type:*word Line:9 Embedded:true Fields:[]} " +
			"{Name:in Type:[]*struct{x int; y int} Line:10 Embedded:false Fields:[{Name:x Type:int Line:10 Embedded:false Fields:[]} {Name:y Type:int Line:10 Embedded:false Fields:[]}]} " +
			"{Name:up Type:q.Q Line:11 Embedded:false Fields:[]}] Methods:[] Embeds:[]}\n",
		"{Name:word Line:13 In: Kind:basic Alias:false Type:uint32 TParams:[] Fields:[] Methods:[] Embeds:[]}\n",
		"{Name:i Line:14 In: Kind:interface Alias:false Type: TParams:[] Fields:[] Methods:[" +
			"{Name:z Line:15 Params:[{Name:n Type:int}] Results:[{Name:ok Type:bool}] Variadic:false} " +
			"{Name:a Line:17 Params:[{Name: Type:...any}] Results:[] Variadic:true}] Embeds:[error q.I ~int]}\n",
		"{Name:f Line:22 In: Kind:func Alias:false Type:func(s) q.Q TParams:[] Fields:[] Methods:[] Embeds:[]}\n",
		"{Name:alias Line:23 In: Kind:struct Alias:true Type:s TParams:[] Fields:[] Methods:[] Embeds:[]}\n",
		"{Name:copy Line:24 In: Kind:struct Alias:false Type:s TParams:[] Fields:[] Methods:[] Embeds:[]}\n",
		"{Name:g Line:25 In: Kind:map Alias:false Type:map[K]V TParams:[{Name:K Type:comparable} {Name:V Type:any}] Fields:[] Methods:[] Embeds:[]}\n",
		"{Name:fd Line:26 In: Kind:array Alias:false Type:[8]word TParams:[] Fields:[] Methods:[] Embeds:[]}\n",
		"{Name:local Line:30 In:fn Kind:struct Alias:false Type: TParams:[] Fields:[{Name:n Type:int Line:30 Embedded:false Fields:[]}] Methods:[] Embeds:[]}\n",
		"{Name:other Line:32 In:fn Kind:chan Alias:false Type:chan local TParams:[] Fields:[] Methods:[] Embeds:[]}\n",
		"{Name:last Line:35 In: Kind:pointer Alias:false Type:*word TParams:[] Fields:[] Methods:[] Embeds:[]}\n",
	}
	if g, w := strings.Join(got, ""), strings.Join(want, ""); g != w {
		t.Errorf("got\n%swant\n%s", g, w)
	}
}

func TestConstsAndVars(t *testing.T) {
	f := indexOf(t, map[string]string{"p/p.go": `package p

import "unsafe"

const (
	zero = iota
	_
	two
	typed word = 1 << iota
)
type word uint64
const big, third = 1<<100, 1.0 / 3
const name, yes = "a\"<é", true
const long = ` + "`" + strings.Repeat("x", 81) + "`" + `
const fits = "` + strings.Repeat("x", 80) + `"
const size = unsafe.Sizeof(word(0))
func (w *word) m() { const in = 'a' }
var a, b = two2()
var c = func() int { return 1 }
var d [two]word
var e, f = len(name), call()
func two2() (int, error) { return 0, nil }
func call() string { return "" }
`}, "also p/p.go").file(t, "p/p.go")
	got := ""
	for _, r := range f.Consts {
		value := "-"
		if r.Value != nil {
			value = *r.Value
		}
		got += fmt.Sprintln(r.Name, r.Line, r.In, r.Type, r.Kind, value, r.Length)
	}
	for _, r := range f.Vars {
		got += fmt.Sprintln(r.Name, r.Line, r.Type, r.Init, render(r.X))
	}
	want := `zero 6  untyped int int 0 0
two 8  untyped int int 2 0
typed 9  word int 8 0
big 12  untyped int int 1267650600228229401496703205376 0
third 12  untyped float float 1/3 0
name 13  untyped string string a"<é 0
yes 13  untyped bool bool true 0
long 14  untyped string string - 81
fits 15  untyped string string ` + strings.Repeat("x", 80) + ` 0
size 16  uintptr int 8 0
in 17 word.m untyped rune int 97 0
a 18 int true call p.two2
b 18 error true 
c 19 func() int true func[] [{ int}] body{return 1}
d 20 [2]word false 
e 21 int true call builtin.len
f 21 string true call p.call
`
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// Packages of the tree itself, of vendor, and functions of package unsafe that an older Go does not know.
func TestImports(t *testing.T) {
	f := indexOf(t, map[string]string{
		"errors/errors.go":                 "package errors\nfunc New(s string) error { return nil }\nfunc OnlyHere() {}\n",
		"vendor/golang.org/x/net/d/d.go":   "package d\nimport \"errors\"\ntype D struct{}\nfunc (D) Do() { errors.New(\"\") }\n",
		"p/p.go":                           "package p\nimport (\n\t\"errors\"\n\t\"golang.org/x/net/d\"\n\tu \"unsafe\"\n)\nfunc f(s string, d d.D, b []byte) {\n\terrors.OnlyHere()\n\td.Do()\n\tp, n := u.StringData(s), len(s)\n\t_ = u.String(p, n+1)\n\tuse(u.SliceData(b), uintptr(u.Pointer(p)))\n\t*u.StringData(s)++\n}\nfunc use(*byte, uintptr) {}\n",
		"p/alone.go":                       "package p\nimport \"unsafe\"\nfunc g(s string) *byte { return unsafe.StringData(s) }\n",
		"p/p_test.go":                      "package p\nimport \"testing\"\n",
		"p/p_windows.go":                   "package p\nfunc f() {}\n",
		"p/p_cgo.go":                       "package p\nimport \"C\"\nfunc f() {}\n",
		"p/old.go":                         "//go:build !go1.20\n\npackage p\nfunc f() {}\n",
		"p/new.go":                         "//go:build go1.21 || cgo || faketime\n\npackage p\nfunc f() {}\n",
		"p/ignored.go":                     "//go:build ignore\n\npackage main\nfunc f() {}\n",
		"p/experiment.go":                  "//go:build !goexperiment.regabiargs\n\npackage p\nfunc f() {}\n",
		"golang.org/x/net/d/not_vendor.go": "package wrong\n",
	}, "also p/p.go").file(t, "p/p.go")
	got := strings.Join(f.function(t, "f").Calls, " ")
	want := "errors.OnlyHere golang.org/x/net/d.D.Do unsafe.StringData builtin.len unsafe.String unsafe.SliceData p.use"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestLinknames(t *testing.T) {
	x := indexOf(t, map[string]string{
		"internal/poll/fd.go": `package poll

import _ "unsafe"

func runtime_pollOpen(fd uintptr) int
func runtime_both() int
//go:linkname runtimeNano runtime.nanotime
func runtimeNano() int64
func inAssembly()

//go:linkname single
func single() {}
`,
		"runtime/netpoll.go": `package runtime

import _ "unsafe"

//go:linkname poll_runtime_pollOpen internal/poll.runtime_pollOpen
func poll_runtime_pollOpen(fd uintptr) int { return nanotime() }
func nanotime() int { return 0 }

type mutex struct{}
//go:linkname mutexLock internal/poll.(*M).Lock
func mutexLock(m *mutex) {}
`,
		"runtime/elsewhere.go": `package runtime
//go:linkname both internal/poll.runtime_both
func both() int { return 0 }
`,
		"runtime/a_arm64.go": `package runtime
//go:linkname arm runtime.exported
func arm() {}
`,
	}, "file internal/poll/fd.go\nP *5\nfile runtime/netpoll.go\nP *3\nalso runtime/a_arm64.go\n")
	got := ""
	for _, l := range x.Linknames {
		got += fmt.Sprintln(l.File, l.Line, l.Local, l.Target)
	}
	for _, r := range x.file(t, "internal/poll/fd.go").Funcs {
		got += fmt.Sprintln(r.ID, r.Bodyless, r.Link)
	}
	want := `internal/poll/fd.go 7 internal/poll.runtimeNano runtime.nanotime
runtime/a_arm64.go 2 runtime.arm runtime.exported
runtime/elsewhere.go 2 runtime.both internal/poll.runtime_both
runtime/netpoll.go 5 runtime.poll_runtime_pollOpen internal/poll.runtime_pollOpen
runtime/netpoll.go 10 runtime.mutexLock internal/poll.M.Lock
internal/poll.runtime_pollOpen true runtime.poll_runtime_pollOpen
internal/poll.runtime_both true runtime.both
internal/poll.runtimeNano true runtime.nanotime
internal/poll.inAssembly true 
internal/poll.single false 
`
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestVariants(t *testing.T) {
	x := indexOf(t, map[string]string{
		"runtime/lockrank_off.go": "//go:build !goexperiment.staticlockranking\n\npackage runtime\nconst ranking = false\nfunc lockInit() { off() }\nfunc off() {}\n",
		"runtime/lockrank_on.go":  "//go:build goexperiment.staticlockranking\n\npackage runtime\nconst ranking = true\nfunc lockInit() { on() }\nfunc on() {}\n",
		"runtime/defs_amd64.go":   "package runtime\ntype word uint32\n",
		"runtime/defs_arm64.go":   "package runtime\ntype word uint64\n",
		"runtime/proc.go":         "package runtime\nvar w word\nfunc start() { lockInit() }\n",
		"runtime/proc_darwin.go":  "package runtime\nfunc only() {}\n",
		"runtime/asm_amd64.s": "#include \"x.h\"\nTEXT _rt0_amd64(SB),NOSPLIT,$0\n\nTEXT runtime·rt0_go(SB),NOSPLIT,$0\n\tCALL runtime·start(SB)\n" +
			"TEXT gogo<>(SB), NOSPLIT, $0\nTEXT runtime·mcall<ABIInternal>(SB), NOSPLIT, $0-8\n// TEXT runtime·no(SB)\n\tTEXT runtime·no(SB)\nTEXT ·short(SB),NOSPLIT,$0\n",
	}, `
file runtime/proc.go        # a comment
P start
file runtime/lockrank_on.go
P lockInit on
file runtime/lockrank_off.go
P lockInit off
file runtime/defs_arm64.go
file runtime/asm_amd64.s
A rt0_go mcall
X *1
file runtime/proc_darwin.go
P only
also runtime/defs_amd64.go
`)
	got := ""
	for _, f := range x.Files {
		got += fmt.Sprintf("%s %s %s %d:", f.Path, f.Section, f.Variant, f.Lines)
		for _, r := range f.Types {
			got += " " + r.Type
		}
		for _, r := range f.Funcs {
			got += fmt.Sprint(" ", r.ID, r.Class, r.Order, r.Line, r.Calls)
			if r.Asm {
				got += "asm"
			}
		}
		got += "\n"
	}
	want := `runtime/proc.go scope amd64 3: runtime.startP0 3 [runtime.lockInit]
runtime/lockrank_on.go scope amd64,staticlockranking 6: runtime.lockInitP0 5 [runtime.on] runtime.onP1 6 []
runtime/lockrank_off.go scope amd64 6: runtime.lockInitP0 5 [runtime.off] runtime.offP1 6 []
runtime/defs_arm64.go scope arm64 2: uint64
runtime/asm_amd64.s scope amd64 10: runtime.rt0_goA0 4 []asm runtime.mcallA1 7 []asm runtime.shortX2 10 []asm
runtime/proc_darwin.go scope none 2:
runtime/defs_amd64.go also amd64 2: uint32
`
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// The same sources, wherever they lie, give the same bytes, and every declaration has a line of its own.
func TestSameBytes(t *testing.T) {
	files := map[string]string{
		"runtime/a.go": "package runtime\nimport \"io\"\ntype T struct{ r io.Reader }\nconst c = 1\nvar v = f(1)\nfunc f(n int) int { if n > 1 { return f(n - 1) }; return 0 }\n",
		"io/io.go":     "package io\ntype Reader interface{ Read(p []byte) (n int, err error) }\n",
	}
	scope := "file runtime/a.go\nP f\nalso io/io.go\n"
	first := writeIndex(t, makeTree(t, files), scope)
	for i := 0; i < 5; i++ {
		if again := writeIndex(t, makeTree(t, files), scope); again != first {
			t.Fatalf("got\n%s\nand\n%s", first, again)
		}
	}
	for _, start := range []string{`{"name":"T",`, `{"name":"c",`, `{"name":"v",`, `{"name":"f",`, `{"name":"Reader",`} {
		if n := strings.Count(first, "\n"+start); n != 1 {
			t.Errorf("%d lines begin with %s in\n%s", n, start, first)
		}
	}
	x := readIndex(t, first)
	if x.Format != format || x.Tag != reference || x.Goos != "linux" || len(x.Files) != 2 || x.Files[1].Package != "io" {
		t.Errorf("head: %d %s %s %d", x.Format, x.Tag, x.Goos, len(x.Files))
	}
	if strings.Contains(first, "null") {
		t.Errorf("null in\n%s", first)
	}
}

func TestBadInput(t *testing.T) {
	good := map[string]string{"p/p.go": "package p\nimport \"q\"\nfunc f() { q.F() }\n", "q/q.go": "package q\nfunc F() {}\n"}
	with := func(changes ...string) map[string]string {
		files := map[string]string{}
		for name, text := range good {
			files[name] = text
		}
		for i := 0; i < len(changes); i += 2 {
			files[changes[i]] = changes[i+1]
		}
		return files
	}
	scope := "file p/p.go\nP f\n"
	tests := []struct {
		name    string
		files   map[string]string
		scope   string
		message []string // all of these are in it
	}{
		{"another version", with("/VERSION", "go1.21.3\ntime 2023"), scope, []string{"go1.21.3", "go1.20"}},
		{"a newer minor", with("/VERSION", "go1.20.1"), scope, []string{"go1.20.1"}},
		{"does not parse", with("p/p.go", "package p\nfunc f( {\n"), scope, []string{"p/p.go", "does not parse", "p/p.go:2:"}},
		{"other file does not parse", with("p/other.go", "package p\n}\n"), scope, []string{"p/other.go", "does not parse"}},
		{"head does not parse", with("p/p.go", "pakage p\n"), scope, []string{"p/p.go", "does not parse"}},
		{"import does not parse", with("q/q.go", "package q\nfunc F( {\n"), scope, []string{"q/q.go", "does not parse"}},
		{"import of an import does not parse", with("q/q.go", "package q\nimport _ \"r\"\nfunc F() {}\n", "r/r.go", "package r\nvar\n"), scope, []string{"r/r.go", "does not parse"}},
		{"does not check", with("p/p.go", "package p\nfunc f() { g() }\n"), scope, []string{"p/p.go:2:12", "g", "does not check"}},
		{"no such import", with("p/p.go", "package p\nimport _ \"nosuch\"\nfunc f() {}\n"), scope, []string{"nosuch"}},
		{"import cycle", with("q/q.go", "package q\nimport _ \"p\"\nfunc F() {}\n"), scope, []string{"import cycle"}},
		{"no such file", good, scope + "file p/nosuch.go\n", []string{"scope.txt:3", "p/nosuch.go"}},
		{"no such assembly", good, scope + "file p/nosuch.s\n", []string{"scope.txt:3", "p/nosuch.s"}},
		{"no such function", good, scope + "X g T.h\n", []string{"p/p.go", "no function g"}},
		{"function without class", good, "file p/p.go\n", []string{"p/p.go", "function f"}},
		{"wrong number", good, "file p/p.go\nX *2\n", []string{"p/p.go", "1", "2"}},
		{"function twice", good, scope + "X f\n", []string{"scope.txt:3", "twice"}},
		{"file twice", good, scope + "also p/p.go\n", []string{"scope.txt:3", "twice"}},
		{"unknown word", good, "files p/p.go\n", []string{"scope.txt:1", "files"}},
		{"no file line", good, "P f\n", []string{"scope.txt:1"}},
		{"bad number", good, "file p/p.go\nP *many\n", []string{"scope.txt:2", "*many"}},
		{"empty scope", good, "# nothing\n", []string{"no files"}},
	}
	for _, test := range tests {
		dir := t.TempDir()
		scopePath, out := filepath.Join(dir, "scope.txt"), filepath.Join(dir, "index.json")
		if err := os.WriteFile(scopePath, []byte(test.scope), 0o666); err != nil {
			t.Fatal(err)
		}
		status, stdout, stderr := goindex(t, dir, "-root", makeTree(t, test.files), "-scope", scopePath)
		if status != 2 || stdout != "" || !strings.HasPrefix(stderr, "goindex: ") {
			t.Errorf("%s: status %d, %q, %q", test.name, status, stdout, stderr)
		}
		for _, word := range test.message {
			if !strings.Contains(stderr, word) {
				t.Errorf("%s: no %q in %q", test.name, word, stderr)
			}
		}
		if _, err := os.Stat(out); err == nil {
			t.Errorf("%s: an index was written", test.name)
		}
	}

	root := makeTree(t, good)
	for _, args := range [][]string{
		{}, {"-root", filepath.Join(root, "nosuch")}, {"-root", filepath.Join(root, "src")}, {"-nosuch"}, {"-root", root, "more"},
		{"-root", root, "-scope", filepath.Join(root, "nosuch")}, {"-root", root},
	} {
		if status, _, stderr := goindex(t, root, args...); status != 2 || stderr == "" {
			t.Errorf("%q: status %d, %q", args, status, stderr)
		}
	}
	if err := os.Remove(filepath.Join(root, "VERSION")); err != nil {
		t.Fatal(err)
	}
	if status, _, stderr := goindex(t, root, "-root", root); status != 2 || !strings.Contains(stderr, "VERSION") && !strings.Contains(stderr, "scope") {
		t.Errorf("no VERSION: status %d, %q", status, stderr)
	}
}

// The scope is found from below, and the index goes beside it.
func TestDefaults(t *testing.T) {
	root := makeTree(t, map[string]string{"p/p.go": "package p\nfunc f() {}\n"})
	repo := t.TempDir()
	scope := filepath.Join(repo, filepath.FromSlash(scopeFile))
	below := filepath.Join(repo, "tools", "goindex")
	for _, dir := range []string{filepath.Dir(scope), below} {
		if err := os.MkdirAll(dir, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(scope, []byte("file p/p.go\nP f\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if status, stdout, stderr := goindex(t, below, "-root", root); status != 0 || stdout+stderr != "" {
		t.Fatalf("status %d, %q, %q", status, stdout, stderr)
	}
	data, err := os.ReadFile(filepath.Join(filepath.Dir(scope), "index.json"))
	if err != nil {
		t.Fatal(err)
	}
	if x := readIndex(t, string(data)); len(x.Files) != 1 || x.Files[0].Funcs[0].ID != "p.f" {
		t.Errorf("got %s", data)
	}
	other := filepath.Join(repo, "other.json")
	if status, _, stderr := goindex(t, below, "-root", root, "-o", other); status != 0 {
		t.Fatal(stderr)
	}
	if again, err := os.ReadFile(other); err != nil || !bytes.Equal(again, data) {
		t.Errorf("-o: %v, %s", err, again)
	}
}

// The index in the repository was made from the scope in the repository.
func TestCommitted(t *testing.T) {
	dir := filepath.Join("..", "..", "testdata", reference)
	s, err := readScope(filepath.Join(dir, "scope.txt"))
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, "index.json"))
	if err != nil {
		t.Fatal(err)
	}
	if len(data) > 4<<20 {
		t.Errorf("the index has %d bytes", len(data))
	}
	x := readIndex(t, string(data))
	if x.Format != format || x.Tag != reference {
		t.Errorf("format %d of %s, want %d of %s", x.Format, x.Tag, format, reference)
	}
	if len(x.Files) != len(s.files) {
		t.Fatalf("the index has %d files, the scope %d: make it again", len(x.Files), len(s.files))
	}
	for i, f := range x.Files {
		entry := s.files[i]
		if f.Path != entry.path || (f.Section == "also") != entry.also {
			t.Fatalf("file %d is %s in the index and %s in the scope: make it again", i, f.Path, entry.path)
		}
		if f.Variant == "none" {
			continue
		}
		var names []string
		for _, r := range f.Funcs {
			names = append(names, r.Name)
			if class, _ := entry.classOf(r.Name); class != r.Class {
				t.Errorf("%s is of class %s in the index and %s in the scope: make it again", r.ID, r.Class, class)
			}
		}
		if err := entry.check(names); err != nil {
			t.Error(err)
		}
	}
}
