"""What only cards have in the form: buttons or items below each other, and how buttons stand."""
