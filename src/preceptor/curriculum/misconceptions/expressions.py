"""Wrong ideas about expressions."""

from preceptor.domain import Misconception

MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception("reverses-order", "write-expressions", "writes the numbers in the order in which they are read",
        "Subtraction and division depend on the order. Try it with a number: what is 5 less than 12?"),
    Misconception("swaps-fixed-and-variable", "write-expressions", "mixes up the fixed cost and the cost for each mile",
        "The letter multiplies what grows with every mile. What is paid once stands alone."),
    Misconception("forgets-grouping", "write-expressions", "leaves the parentheses out",
        "Without parentheses only the letter is multiplied. Put the sum in parentheses."),
    Misconception("writes-digits-together", "evaluate-expressions", "writes the number next to the coefficient",
        "A number next to a letter is a product: 3x for x = 5 is 3 times 5, not 35."),
    Misconception("adds-before-multiplying", "evaluate-expressions", "adds before multiplying",
        "Multiplication comes first: work out the term with the letter, then add or subtract."),
    Misconception("doubles-instead-of-squaring", "evaluate-expressions", "doubles instead of squaring",
        "To square a number, multiply it by itself. Doubling multiplies it by two."),
    Misconception("multiplies-first-term-only", "distributive-property", "multiplies only the first term in the "
                                                                         "parentheses",
        "Every term in the parentheses is there as often as the factor says. Multiply each of them."),
    Misconception("multiplies-last-term-only", "distributive-property", "multiplies only the last term in the "
                                                                        "parentheses",
        "The factor belongs to the term with the letter too. Multiply each term."),
    Misconception("adds-factor-to-number", "distributive-property", "adds the factor to the number",
        "The factor multiplies both terms. Only the sign inside the parentheses adds or subtracts."),
    Misconception("combines-unlike-terms", "combine-like-terms", "adds terms with and without the letter",
        "3x and 4 are different kinds of things, like 3 boxes and 4 pens. Count each kind separately."),
    Misconception("loses-single-letter", "combine-like-terms", "drops the letter",
        "The letter is part of the term. Three terms x make 3x, not 3."),
)  # fmt: skip
