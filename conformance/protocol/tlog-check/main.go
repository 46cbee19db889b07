// Command tlog-check verifies logs written by Clearway with Go's sumdb/note and sumdb/tlog, which know nothing of it.
//
// It reads a description from standard input and prints {"checked": n, "note": ..., "verifierKey": ...}, where the note
// is one signed here, to be opened on the other side. The first thing that does not hold is printed to standard error,
// with exit code 1.
package main

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const tileHeight = 8

type inclusion struct {
	Index int64       `json:"index"`
	Proof []tlog.Hash `json:"proof"`
}

type consistency struct {
	OldSize int64       `json:"oldSize"`
	OldRoot tlog.Hash   `json:"oldRoot"`
	Proof   []tlog.Hash `json:"proof"`
}

type logDescription struct {
	Checkpoint  string            `json:"checkpoint"`
	Leaves      [][]byte          `json:"leaves"`
	Inclusion   []inclusion       `json:"inclusion"`
	Consistency []consistency     `json:"consistency"`
	Tiles       map[string][]byte `json:"tiles"`
}

type description struct {
	Origin      string           `json:"origin"`
	VerifierKey string           `json:"verifierKey"`
	Logs        []logDescription `json:"logs"`
}

func main() {
	var input description
	if err := json.NewDecoder(os.Stdin).Decode(&input); err != nil {
		fail(err)
	}
	verifier, err := note.NewVerifier(input.VerifierKey)
	if err != nil {
		fail(err)
	}
	checked := 0
	for _, log := range input.Logs {
		n, err := checkLog(log, input.Origin, verifier)
		if err != nil {
			fail(err)
		}
		checked += n
	}
	signed, key, err := signHere("tlog-check.example/log")
	if err != nil {
		fail(err)
	}
	output := map[string]interface{}{"checked": checked, "note": signed, "verifierKey": key}
	if err := json.NewEncoder(os.Stdout).Encode(output); err != nil {
		fail(err)
	}
}

func checkLog(log logDescription, origin string, verifier note.Verifier) (int, error) {
	tree, err := openCheckpoint(log.Checkpoint, origin, verifier)
	if err != nil {
		return 0, fmt.Errorf("checkpoint: %v", err)
	}
	if tree.N != int64(len(log.Leaves)) {
		return 0, fmt.Errorf("checkpoint of %d leaves, given %d", tree.N, len(log.Leaves))
	}
	hashes, err := storeLeaves(log.Leaves)
	if err != nil {
		return 0, err
	}
	root, err := tlog.TreeHash(tree.N, hashes)
	if err != nil {
		return 0, err
	}
	if root != tree.Hash {
		return 0, fmt.Errorf("size %d: root is %v, checkpoint says %v", tree.N, root, tree.Hash)
	}
	checked := 1
	for _, p := range log.Inclusion {
		leaf := tlog.RecordHash(log.Leaves[p.Index])
		if err := tlog.CheckRecord(p.Proof, tree.N, tree.Hash, p.Index, leaf); err != nil {
			return 0, fmt.Errorf("size %d: inclusion of %d: %v", tree.N, p.Index, err)
		}
		checked++
	}
	for _, p := range log.Consistency {
		if err := tlog.CheckTree(p.Proof, tree.N, tree.Hash, p.OldSize, p.OldRoot); err != nil {
			return 0, fmt.Errorf("size %d: consistency with %d: %v", tree.N, p.OldSize, err)
		}
		checked++
	}
	n, err := checkTiles(log, tree, hashes)
	return checked + n, err
}

func openCheckpoint(text, origin string, verifier note.Verifier) (tlog.Tree, error) {
	opened, err := note.Open([]byte(text), note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != origin || lines[3] != "" {
		return tlog.Tree{}, fmt.Errorf("unexpected lines %q", lines)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	hash, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: hash}, err
}

type storage []tlog.Hash

func (s storage) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, 0, len(indexes))
	for _, index := range indexes {
		if index >= int64(len(s)) {
			return nil, fmt.Errorf("no hash %d", index)
		}
		hashes = append(hashes, s[index])
	}
	return hashes, nil
}

func storeLeaves(leaves [][]byte) (storage, error) {
	var stored storage
	for i, leaf := range leaves {
		hashes, err := tlog.StoredHashes(int64(i), leaf, stored)
		if err != nil {
			return nil, err
		}
		stored = append(stored, hashes...)
	}
	return stored, nil
}

// checkTiles compares the tiles given with those Go builds: none missing, none more, the same bytes under the same path.
func checkTiles(log logDescription, tree tlog.Tree, hashes storage) (int, error) {
	expected := map[string][]byte{}
	for _, tile := range tlog.NewTiles(tileHeight, 0, tree.N) {
		// NewTiles lists every width a partial tile ever had; a checkpoint needs the last only.
		last := tree.N>>uint(tileHeight*tile.L) - tile.N<<tileHeight
		if last < 1<<tileHeight && int64(tile.W) != last {
			continue
		}
		data, err := tlog.ReadTileData(tile, hashes)
		if err != nil {
			return 0, err
		}
		expected[c2spPath(tile)] = data
		if tile.L == 0 {
			start := tile.N << tileHeight
			bundle := tlog.Tile{H: tileHeight, L: -1, N: tile.N, W: tile.W}
			expected[c2spPath(bundle)] = entryBundle(log.Leaves[start : start+int64(tile.W)])
		}
	}
	if len(expected) != len(log.Tiles) {
		return 0, fmt.Errorf("size %d: %d tiles given, %d expected", tree.N, len(log.Tiles), len(expected))
	}
	for path, data := range expected {
		given, ok := log.Tiles[path]
		if !ok || !bytes.Equal(given, data) {
			return 0, fmt.Errorf("size %d: tile %s is missing or differs", tree.N, path)
		}
	}
	return len(expected), nil
}

// c2spPath is the path of C2SP tlog-tiles, which leaves out the height and says "entries" for "data".
func c2spPath(tile tlog.Tile) string {
	path := strings.TrimPrefix(tile.Path(), fmt.Sprintf("tile/%d/", tileHeight))
	return "tile/" + strings.Replace(path, "data/", "entries/", 1)
}

func entryBundle(leaves [][]byte) []byte {
	var bundle []byte
	for _, leaf := range leaves {
		bundle = append(bundle, byte(len(leaf)>>8), byte(len(leaf)))
		bundle = append(bundle, leaf...)
	}
	return bundle
}

func signHere(name string) (signed, verifierKey string, err error) {
	private, public, err := note.GenerateKey(rand.Reader, name)
	if err != nil {
		return "", "", err
	}
	signer, err := note.NewSigner(private)
	if err != nil {
		return "", "", err
	}
	root := base64.StdEncoding.EncodeToString(make([]byte, tlog.HashSize))
	bytes, err := note.Sign(&note.Note{Text: name + "\n42\n" + root + "\n"}, signer)
	return string(bytes), public, err
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
