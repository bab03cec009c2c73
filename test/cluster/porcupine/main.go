// Command porcupine reads a history of reads and writes of contents, one JSON object a line, and says whether it is
// linearizable: each content is a register of its version, which a write moves from N-1 to N. It prints Ok, Illegal, or Unknown
// when it found no answer in time; an exit code other than 0 says nothing about the history.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"time"

	"github.com/anishathalye/porcupine"
)

// operation is one line: times are nanoseconds of one monotonic clock. Outcome is "ok", "conflict" (the write was refused,
// because another version was there) or "unknown" (no answer: it may take effect at any later time).
type operation struct {
	Client  int    `json:"client"`
	Key     string `json:"key"`
	Kind    string `json:"kind"`
	Version int    `json:"version"`
	Outcome string `json:"outcome"`
	Call    int64  `json:"call"`
	Return  int64  `json:"return"`
}

var model = porcupine.Model{
	Partition: func(history []porcupine.Operation) [][]porcupine.Operation {
		byKey := map[string][]porcupine.Operation{}
		for _, each := range history {
			key := each.Input.(operation).Key
			byKey[key] = append(byKey[key], each)
		}
		parts := [][]porcupine.Operation{}
		for _, part := range byKey {
			parts = append(parts, part)
		}
		return parts
	},
	Init: func() interface{} { return 1 },
	Step: func(state, input, output interface{}) (bool, interface{}) {
		version, op := state.(int), input.(operation)
		if op.Kind == "read" {
			return op.Version == version, version
		}
		fits := op.Version == version+1
		switch op.Outcome {
		case "ok":
			return fits, op.Version
		case "conflict":
			return !fits, version
		default:
			if fits {
				return true, op.Version
			}
			return true, version
		}
	},
	DescribeOperation: func(input, output interface{}) string {
		op := input.(operation)
		return fmt.Sprintf("%s %s v%d %s", op.Kind, op.Key, op.Version, op.Outcome)
	},
}

func main() {
	if len(os.Args) != 4 {
		fail("usage: porcupine HISTORY DRAWING.html TIMEOUT")
	}
	timeout, err := time.ParseDuration(os.Args[3])
	if err != nil {
		fail(err)
	}
	history, err := read(os.Args[1])
	if err != nil {
		fail(err)
	}
	result, info := porcupine.CheckOperationsVerbose(model, history, timeout)
	if result != porcupine.Ok {
		if err := porcupine.VisualizePath(model, info, os.Args[2]); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}
	fmt.Println(result)
}

func fail(why interface{}) {
	fmt.Fprintln(os.Stderr, why)
	os.Exit(2)
}

func read(path string) ([]porcupine.Operation, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	history := []porcupine.Operation{}
	earliest := map[string]operation{}
	scanner := bufio.NewScanner(file)
	for scanner.Scan() {
		var op operation
		if err := json.Unmarshal(scanner.Bytes(), &op); err != nil {
			return nil, err
		}
		if op.Outcome != "unknown" {
			history = append(history, porcupineOf(op))
			continue
		}
		// Of the writes of one version one takes effect, and whichever began first could do it whenever the others could. The
		// others explain nothing more, and while a server is away there are hundreds: the search would not end.
		op.Return = math.MaxInt64
		version := fmt.Sprintf("%s %d", op.Key, op.Version)
		if known, found := earliest[version]; !found || op.Call < known.Call {
			earliest[version] = op
		}
	}
	for _, op := range earliest {
		history = append(history, porcupineOf(op))
	}
	return history, scanner.Err()
}

func porcupineOf(op operation) porcupine.Operation {
	return porcupine.Operation{ClientId: op.Client, Input: op, Call: op.Call, Output: nil, Return: op.Return}
}
