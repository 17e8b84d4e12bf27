"""Wrong ideas about angles, lengths, areas and volumes."""

from preceptor.domain import Misconception

MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception("swaps-area-perimeter", "rectangles", "mixes up area and perimeter",
        "Area counts the squares inside, perimeter is the way around. Which one does the question ask for?"),
    Misconception("adds-two-sides-only", "rectangles", "adds only two of the four sides",
        "A rectangle has four sides. Walk all the way around it."),
    Misconception("wrong-whole-angle", "angles", "starts from the wrong whole angle",
        "A right angle has 90 degrees, a straight angle 180 and a full turn 360."),
    Misconception("leaves-out-an-angle", "angles", "leaves out one of the angles",
        "Add up all the angles you know before you subtract."),
    Misconception("bottom-only", "volume", "finds the bottom area instead of the volume",
        "That is one layer of cubes. Multiply by the number of layers, which is the height."),
    Misconception("adds-edges", "volume", "adds the edges",
        "Volume counts cubes: multiply length, width and height."),
    Misconception("uses-one-edge-only", "volume", "divides by one edge only",
        "One layer is length times width. Divide the volume by the whole layer."),
    Misconception("forgets-half", "triangles", "forgets to take half",
        "A triangle covers half of the parallelogram around it. Divide by two."),
    Misconception("multiplies-slanted-side", "triangles", "uses a slanted side as the height",
        "The height stands at a right angle to the base. The other side is not needed."),
)  # fmt: skip
