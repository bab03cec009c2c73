// Command wire carries Ethernet frames between two network interfaces that it makes, as a bad cable would: late, with losses,
// or in one direction only. It needs no part of the kernel but TAP devices, so it works where `tc netem` is missing.
package main

import (
	"flag"
	"fmt"
	"io"
	"math/rand"
	"os"
	"sync"
	"syscall"
	"time"
	"unsafe"
)

const (
	tapFlags      = 0x0002 | 0x1000 // IFF_TAP | IFF_NO_PI
	setInterface  = 0x400454ca      // TUNSETIFF
	frameBytesMax = 65_536
	framesWaiting = 10_000
)

type wire struct {
	delay  time.Duration
	loss   float64
	mutex  sync.Mutex
	chance *rand.Rand
}

type frame struct {
	bytes []byte
	due   time.Time
}

func main() {
	delay := flag.Duration("delay", 0, "how long a frame takes in each direction")
	loss := flag.Float64("loss", 0, "part of the frames that is lost, from 0 to 1")
	cut := flag.String("cut", "", "directions that carry nothing: out, in, both")
	seed := flag.Int64("seed", 1, "decides which frames are lost")
	flag.Parse()
	if flag.NArg() != 2 {
		fail("usage: wire [options] HOST-SIDE NETWORK-SIDE")
	}
	host, network := open(flag.Arg(0)), open(flag.Arg(1))
	w := &wire{delay: *delay, loss: *loss, chance: rand.New(rand.NewSource(*seed))}
	fmt.Println("ready")
	go endWithInput()
	go w.carry(host, network, *cut == "out" || *cut == "both")
	w.carry(network, host, *cut == "in" || *cut == "both")
}

// carry reads frames for ever. They keep their order, as on a cable.
func (w *wire) carry(from, to *os.File, isCut bool) {
	waiting := make(chan frame, framesWaiting)
	go func() {
		for each := range waiting {
			time.Sleep(time.Until(each.due))
			// An interface that isn't up yet loses what is sent to it.
			_, _ = to.Write(each.bytes)
		}
	}()
	buffer := make([]byte, frameBytesMax)
	for {
		count, err := from.Read(buffer)
		if err != nil {
			// It is not up yet.
			time.Sleep(time.Millisecond)
			continue
		}
		if isCut || w.loses() {
			continue
		}
		select {
		case waiting <- frame{append([]byte(nil), buffer[:count]...), time.Now().Add(w.delay)}:
		default: // A cable has no endless memory either.
		}
	}
}

// endWithInput ends the program when whoever started it is gone.
func endWithInput() {
	_, _ = io.Copy(io.Discard, os.Stdin)
	os.Exit(0)
}

func (w *wire) loses() bool {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return w.chance.Float64() < w.loss
}

func open(name string) *os.File {
	descriptor, err := syscall.Open("/dev/net/tun", syscall.O_RDWR, 0)
	if err != nil {
		fail("/dev/net/tun can't be opened: " + err.Error())
	}
	var request [40]byte
	copy(request[:15], name)
	*(*uint16)(unsafe.Pointer(&request[16])) = tapFlags
	_, _, errno := syscall.Syscall(syscall.SYS_IOCTL, uintptr(descriptor), setInterface, uintptr(unsafe.Pointer(&request[0])))
	if errno != 0 {
		fail("the interface " + name + " can't be made: " + errno.Error())
	}
	return os.NewFile(uintptr(descriptor), name)
}

func fail(reason string) {
	fmt.Fprintln(os.Stderr, reason)
	os.Exit(1)
}
