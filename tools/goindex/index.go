package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"regexp"
	"sort"
	"strings"
)

// format is the version of the index's form. README.md describes it.
const format = 1

// An index is what goindex writes.
type index struct {
	files     []*fileRecord
	linknames []linkname
}

// A fileRecord is one file of the scope. Its lists are in source order.
type fileRecord struct {
	Path    string `json:"path"`
	Package string `json:"package"`
	Section string `json:"section"` // "scope" or "also"
	Variant string `json:"variant"`
	Lines   int    `json:"lines"`

	types  []*typeRecord
	consts []*constRecord
	vars   []*varRecord
	funcs  []*funcRecord
}

// A param is a parameter, a result, or a type parameter with its constraint.
type param struct {
	Name string `json:"name,omitempty"`
	Type string `json:"type"`
}

type typeRecord struct {
	Name    string   `json:"name"`
	Line    int      `json:"line"`
	In      string   `json:"in,omitempty"` // the function that declares it
	Kind    string   `json:"kind"`
	Alias   bool     `json:"alias,omitempty"`
	Type    string   `json:"type,omitempty"` // what stands right of the name, unless it is a struct or an interface
	TParams []param  `json:"tparams,omitempty"`
	Fields  []field  `json:"fields,omitempty"`
	Methods []method `json:"methods,omitempty"`
	Embeds  []string `json:"embeds,omitempty"`
}

type field struct {
	Name     string  `json:"name"`
	Type     string  `json:"type"`
	Line     int     `json:"line"`
	Embedded bool    `json:"embedded,omitempty"`
	Fields   []field `json:"fields,omitempty"`
}

type method struct {
	Name     string  `json:"name"`
	Line     int     `json:"line"`
	Params   []param `json:"params"`
	Results  []param `json:"results"`
	Variadic bool    `json:"variadic,omitempty"`
}

type constRecord struct {
	Name   string  `json:"name"`
	Line   int     `json:"line"`
	In     string  `json:"in,omitempty"`
	Type   string  `json:"type"`
	Kind   string  `json:"kind"`
	Value  *string `json:"value,omitempty"`
	Length int     `json:"length,omitempty"` // of a string that is left out
}

type varRecord struct {
	Name string  `json:"name"`
	Line int     `json:"line"`
	Type string  `json:"type"`
	Init bool    `json:"init,omitempty"`
	X    []*node `json:"x,omitempty"`
}

type funcRecord struct {
	Name     string   `json:"name"` // Type.Method for a method
	ID       string   `json:"id"`
	Class    string   `json:"class"`
	Order    int      `json:"order"`
	Line     int      `json:"line"`
	Lines    int      `json:"lines"`
	Recv     *recv    `json:"recv,omitempty"`
	TParams  []param  `json:"tparams,omitempty"`
	Params   []param  `json:"params"`
	Results  []param  `json:"results"`
	Variadic bool     `json:"variadic,omitempty"`
	Bodyless bool     `json:"bodyless,omitempty"`
	Link     string   `json:"link,omitempty"`
	Asm      bool     `json:"asm,omitempty"`
	Calls    []string `json:"calls,omitempty"`
	Refs     []string `json:"refs,omitempty"`
	Body     *[]*node `json:"body,omitempty"`
}

type recv struct {
	Name    string `json:"name,omitempty"`
	Type    string `json:"type"`
	Pointer bool   `json:"pointer,omitempty"`
}

func makeIndex(root string, s *scope) (*index, error) {
	trees := make([]*tree, len(variants))
	for i, v := range variants {
		trees[i] = newTree(root, v)
	}
	// Which variant has which file?
	where := make(map[*scopeFileEntry]*tree)
	for _, entry := range s.files {
		if strings.HasSuffix(entry.path, ".s") {
			continue
		}
		for _, t := range trees {
			ok, err := t.has(entry.path)
			if errors.Is(err, fs.ErrNotExist) {
				return nil, fmt.Errorf("%s: the tree has no %s", entry.origin, entry.path)
			}
			if err != nil {
				return nil, fmt.Errorf("%s does not parse: %w", entry.path, err)
			}
			if ok {
				where[entry] = t
				t.indexed[entry.pkg()] = true
				break
			}
		}
	}

	x := new(index)
	seen := make(map[linkname]bool)
	for _, t := range trees {
		var paths []string
		for path := range t.indexed {
			paths = append(paths, path)
		}
		sort.Strings(paths)
		for _, path := range paths {
			p, err := t.load(path)
			if err != nil {
				return nil, err
			}
			for _, l := range t.linknames(p) {
				if !seen[l] {
					seen[l] = true
					x.linknames = append(x.linknames, l)
				}
			}
		}
	}
	sort.SliceStable(x.linknames, func(i, j int) bool {
		a, b := x.linknames[i], x.linknames[j]
		return a.File < b.File || a.File == b.File && a.Line < b.Line
	})

	for _, entry := range s.files {
		var r *fileRecord
		var err error
		switch t := where[entry]; {
		case t != nil:
			r, err = t.record(entry)
		case strings.HasSuffix(entry.path, ".s"):
			r, err = recordAsm(root, entry)
		default:
			r, err = trees[0].recordUnbuilt(entry)
		}
		if err != nil {
			return nil, err
		}
		x.files = append(x.files, r)
	}
	x.resolveLinks()
	return x, nil
}

// resolveLinks finds the bodies of bodyless functions.
func (x *index) resolveLinks() {
	pull, push := make(map[string]string), make(map[string]string)
	for _, l := range x.linknames {
		pull[l.Local] = l.Target
		push[l.Target] = l.Local
	}
	for _, f := range x.files {
		for _, r := range f.funcs {
			if !r.Bodyless || r.Asm {
				continue
			}
			if target := pull[r.ID]; target != "" && target != r.ID {
				r.Link = target
			} else if local := push[r.ID]; local != r.ID {
				r.Link = local
			}
		}
	}
}

func newFileRecord(entry *scopeFileEntry, variant string) *fileRecord {
	r := &fileRecord{Path: entry.path, Package: entry.pkg(), Section: "scope", Variant: variant}
	if entry.also {
		r.Section = "also"
	}
	return r
}

var asmText = regexp.MustCompile(`(?m)^TEXT\s+(?:runtime)?·(\w+)`)

// recordAsm lists the functions of an assembly file that Go code can name.
func recordAsm(root string, entry *scopeFileEntry) (*fileRecord, error) {
	data, err := os.ReadFile((&tree{root: root}).source(entry.path))
	if err != nil {
		return nil, fmt.Errorf("%s: the tree has no %s", entry.origin, entry.path)
	}
	r := newFileRecord(entry, variants[0].name)
	r.Lines = bytes.Count(data, []byte("\n"))
	var names []string
	for i, m := range asmText.FindAllSubmatchIndex(data, -1) {
		name := string(data[m[2]:m[3]])
		names = append(names, name)
		class, _ := entry.classOf(name)
		r.funcs = append(r.funcs, &funcRecord{
			Name: name, ID: r.Package + "." + name, Class: class, Order: i,
			Line:   1 + bytes.Count(data[:m[0]], []byte("\n")),
			Params: []param{}, Results: []param{}, Bodyless: true, Asm: true,
		})
	}
	return r, entry.check(names)
}

// write writes the index as JSON, one declaration on each line.
func (x *index) write(w io.Writer) {
	fmt.Fprintf(w, "{\n\"format\":%d,\n\"tag\":%q,\n\"goos\":\"linux\",\n\"files\":[", format, reference)
	for i, f := range x.files {
		if i > 0 {
			fmt.Fprint(w, ",")
		}
		head := marshal(f)
		fmt.Fprintf(w, "\n%s", head[:len(head)-1])
		list(w, "types", f.types)
		list(w, "consts", f.consts)
		list(w, "vars", f.vars)
		list(w, "funcs", f.funcs)
		fmt.Fprint(w, "}")
	}
	fmt.Fprint(w, "\n]")
	list(w, "linknames", x.linknames)
	fmt.Fprint(w, "}\n")
}

func list[T any](w io.Writer, name string, items []T) {
	fmt.Fprintf(w, ",\n%q:[", name)
	for i, item := range items {
		if i > 0 {
			fmt.Fprint(w, ",")
		}
		fmt.Fprintf(w, "\n%s", marshal(item))
	}
	fmt.Fprint(w, "]")
}

func marshal(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // every record can be written
	}
	return bytes.TrimRight(b.Bytes(), "\n")
}
