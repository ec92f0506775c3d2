package main

import (
	"fmt"
	"os"
	"path"
	"strconv"
	"strings"
)

// A scope lists the files that are indexed, in order.
type scope struct {
	files []*scopeFileEntry
}

// A scopeFileEntry is one file of the scope and the classes of its functions.
type scopeFileEntry struct {
	path   string // below src/
	also   bool   // not in the scope proper
	class  map[string]string
	names  []string // the keys of class, in the scope's order
	rest   string   // the class of the functions that are not named, or ""
	nrest  int      // how many those are, or 0 if any number will do
	origin string   // file and line, for messages
}

func (e *scopeFileEntry) pkg() string { return path.Dir(e.path) }

// classOf gives the class of a function and whether the scope knows one.
func (e *scopeFileEntry) classOf(name string) (string, bool) {
	if class, ok := e.class[name]; ok {
		return class, true
	}
	return e.rest, e.rest != ""
}

func readScope(name string) (*scope, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	s := new(scope)
	seen := make(map[string]bool)
	var file *scopeFileEntry
	for i, line := range strings.Split(string(data), "\n") {
		line, _, _ = strings.Cut(line, "#")
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		origin := fmt.Sprintf("%s:%d", name, i+1)
		switch words[0] {
		case "file", "also":
			if len(words) != 2 {
				return nil, fmt.Errorf("%s: want %s and one path", origin, words[0])
			}
			if seen[words[1]] {
				return nil, fmt.Errorf("%s: %s is listed twice", origin, words[1])
			}
			seen[words[1]] = true
			file = &scopeFileEntry{path: words[1], also: words[0] == "also", class: make(map[string]string), origin: origin}
			if file.also {
				file.rest = "P"
			}
			s.files = append(s.files, file)
		case "P", "A", "L", "X":
			if file == nil || file.also {
				return nil, fmt.Errorf("%s: functions stand below a file line", origin)
			}
			for _, word := range words[1:] {
				if strings.HasPrefix(word, "*") {
					file.nrest, err = strconv.Atoi(word[1:])
					if err != nil || file.nrest < 1 || file.rest != "" {
						return nil, fmt.Errorf("%s: bad %s: want one *N for each file, N a number", origin, word)
					}
					file.rest = words[0]
					continue
				}
				if _, ok := file.class[word]; ok {
					return nil, fmt.Errorf("%s: %s is listed twice", origin, word)
				}
				file.class[word] = words[0]
				file.names = append(file.names, word)
			}
		default:
			return nil, fmt.Errorf("%s: unknown word %q: want file, also, P, A, L or X", origin, words[0])
		}
	}
	if len(s.files) == 0 {
		return nil, fmt.Errorf("%s lists no files", name)
	}
	return s, nil
}

// check compares the functions that a file has with those that the scope names.
func (e *scopeFileEntry) check(functions []string) error {
	have := make(map[string]bool)
	rest := 0
	for _, name := range functions {
		if have[name] {
			continue
		}
		have[name] = true
		if _, ok := e.class[name]; ok {
			continue
		}
		if e.rest == "" {
			return fmt.Errorf("%s: %s has a function %s that the scope does not name", e.origin, e.path, name)
		}
		rest++
	}
	for _, name := range e.names {
		if !have[name] {
			return fmt.Errorf("%s: %s has no function %s", e.origin, e.path, name)
		}
	}
	if e.nrest != 0 && rest != e.nrest {
		return fmt.Errorf("%s: %s has %d functions besides those named, the scope says %d", e.origin, e.path, rest, e.nrest)
	}
	return nil
}
