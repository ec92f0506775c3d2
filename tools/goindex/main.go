// Goindex reads a Go source tree and writes the facts about it that tools/portcheck compares the port with:
// names and structure, no text. README.md describes what it writes.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// reference is the release that the port is made from; a tree of another one is refused.
const reference = "go1.20"

// scopeFile is the scope's place in the repository. The index lies beside it.
const scopeFile = "testdata/" + reference + "/scope.txt"

func main() {
	err := run(os.Args[1:], os.Stdout, os.Stderr)
	if err != nil && err != flag.ErrHelp {
		fmt.Fprintf(os.Stderr, "goindex: %v\n", err)
		os.Exit(2)
	}
}

func run(args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("goindex", flag.ContinueOnError)
	flags.SetOutput(stderr)
	root := flags.String("root", "", "the Go source tree: the directory that has VERSION and src")
	scopePath := flags.String("scope", "", "the scope (default "+scopeFile+", looked for here and upwards)")
	out := flags.String("o", "", "where the index goes, - for standard output (default index.json beside the scope)")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	if *root == "" {
		return fmt.Errorf("-root is missing: the directory of a Go source tree of %s", reference)
	}
	if *scopePath == "" {
		found, err := findScope()
		if err != nil {
			return err
		}
		*scopePath = found
	}
	if *out == "" {
		*out = filepath.Join(filepath.Dir(*scopePath), "index.json")
	}
	if err := checkVersion(*root); err != nil {
		return err
	}
	scope, err := readScope(*scopePath)
	if err != nil {
		return err
	}
	index, err := makeIndex(*root, scope)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	index.write(&b)
	if *out == "-" {
		_, err = stdout.Write(b.Bytes())
		return err
	}
	return os.WriteFile(*out, b.Bytes(), 0o666)
}

// findScope looks for the scope in the working directory and in those above it.
func findScope() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		path := filepath.Join(dir, filepath.FromSlash(scopeFile))
		if _, err := os.Stat(path); err == nil {
			return path, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", fmt.Errorf("no %s here or above: name one with -scope", scopeFile)
		}
		dir = up
	}
}

// checkVersion wants the reference's tag on the first line of VERSION.
func checkVersion(root string) error {
	if info, err := os.Stat(filepath.Join(root, "src")); err != nil || !info.IsDir() {
		return fmt.Errorf("%s is no Go source tree: it has no directory src", root)
	}
	data, err := os.ReadFile(filepath.Join(root, "VERSION"))
	if err != nil {
		return fmt.Errorf("%s is no released Go source tree: it has no file VERSION", root)
	}
	line, _, _ := strings.Cut(string(data), "\n")
	if version := strings.TrimSpace(line); version != reference {
		return fmt.Errorf("the tree %s is %s, the port's reference is %s", root, version, reference)
	}
	return nil
}
